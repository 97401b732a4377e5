package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process, looked into with the JDK's own tools. */
public final class ServerProcess {
  private static final Pattern THREAD =
      Pattern.compile("^\"(.+)\" (?:#|os_prio)", Pattern.MULTILINE);

  private static final Pattern TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

  private static final Pattern SERVER = Pattern.compile("payara-micro\\.jar|org\\.jboss\\.as");

  private final ProcessHandle process;

  private ServerProcess(ProcessHandle process) {
    this.process = process;
  }

  /** Returns the one that a test has started itself. */
  public static ServerProcess of(ProcessHandle process) {
    return new ServerProcess(process);
  }

  /** Finds the one whose command line holds a word. */
  public static ServerProcess find(String word) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(word))
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .map(ServerProcess::new)
        .orElseThrow(() -> new IllegalStateException("expected a server of " + word));
  }

  /** Finds the server of this build, whichever it is. */
  public static ServerProcess find() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> SERVER.matcher(process.info().commandLine().orElse("")).find())
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .map(ServerProcess::new)
        .orElseThrow(() -> new IllegalStateException("expected a server that runs"));
  }

  /** Returns the names of all threads. */
  public List<String> threads() {
    return THREAD.matcher(jcmd("Thread.print")).results().map(found -> found.group(1)).toList();
  }

  /** Returns how many objects of a class are reachable. */
  public int instances(String className) {
    String line = "^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(?:\\s|$)";
    Matcher matcher = Pattern.compile(line, Pattern.MULTILINE).matcher(jcmd("GC.class_histogram"));
    int instances = 0;
    while (matcher.find()) {
      instances += Integer.parseInt(matcher.group(1));
    }
    return instances;
  }

  /** Returns how many bytes of the heap are reachable, after a full collection. */
  public long liveBytes() {
    // The histogram's own collection is left out while native code holds an array.
    jcmd("GC.run");
    Matcher total = TOTAL.matcher(jcmd("GC.class_histogram"));
    if (!total.find()) {
      throw new IllegalStateException("expected a histogram with its total");
    }
    return Long.parseLong(total.group(1));
  }

  private String jcmd(String command) {
    String jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd").toString();
    try {
      Process tool =
          new ProcessBuilder(jcmd, String.valueOf(process.pid()), command)
              .redirectErrorStream(true)
              .start();
      String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tool.waitFor() != 0) {
        throw new IllegalStateException("jcmd " + command + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
