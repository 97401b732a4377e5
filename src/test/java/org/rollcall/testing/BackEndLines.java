package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A back end of the page <i>Getting started in five minutes</i>, saved and started as the page
 * says, at a port of its own.
 */
public final class BackEndLines implements AutoCloseable {
  /** The page. */
  public static final Path PAGE = Snippets.page("five-minutes");

  private static final Path LOG = Path.of("back-end.log");

  private final Process process;
  private final int port;

  private BackEndLines(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns the languages of the page's back ends, as they stand behind three back ticks. */
  public static List<String> languages() {
    return List.of("python", "mjs", "php", "java");
  }

  /** Returns whether this machine has what runs a back end. */
  public static boolean canRun(String language) {
    String program = step(language, "`cd ~/hello && ([^`]+)`").split(" ", 2)[0];
    return Pattern.compile(":")
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  /** Returns what the page says before a back end's lines. */
  private static String step(String language, String pattern) {
    try {
      String text = Files.readString(PAGE);
      String before = text.substring(0, text.indexOf("```" + language + "\n"));
      Matcher last = Pattern.compile(pattern).matcher(before.substring(before.lastIndexOf("```")));
      if (!last.find()) {
        throw new IllegalStateException("The page does not say how to run " + language);
      }
      return last.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Saves and starts a back end.
   *
   * @param folder with the secret and the page that it serves
   */
  public static BackEndLines start(String language, Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String lines = Snippets.of(PAGE, language).get(0).replace("3000", "" + port);
    Files.writeString(folder.resolve(step(language, "`~/hello/([^`]+)`")), lines);
    String command = step(language, "`cd ~/hello && ([^`]+)`").replace("3000", "" + port);
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(LOG).toFile())
            .start();
    BackEndLines backEnd = new BackEndLines(process, port);
    try {
      Await.until(() -> backEnd.read("/"));
      return backEnd;
    } catch (RuntimeException | AssertionError e) {
      backEnd.close();
      throw new IllegalStateException(Files.readString(folder.resolve(LOG)), e);
    }
  }

  /** Returns an address of it. */
  public String address(String path) {
    return "http://localhost:" + port + path;
  }

  /** Returns what it answers. */
  public String read(String path) {
    ApiAnswer answer = ApiAnswer.to("GET", URI.create(address(path)), "", Map.of());
    if (answer.status() != 200) {
      throw new IllegalStateException("expected 200, but got " + answer);
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
