package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The lines that the server of this build writes into its log from now on. */
public final class ServerLog {
  private final Path file;
  private final int begin;

  /** Begins where the log of this build's server ends now. */
  public ServerLog() {
    this(Path.of(System.getProperty("rollcall.server.log", "server.log")));
  }

  ServerLog(Path file) {
    this.file = file;
    this.begin = read().length;
  }

  /** Returns all that has been written. */
  public static String whole() {
    return new String(new ServerLog().read(), StandardCharsets.UTF_8);
  }

  /**
   * Fails the test if anything that was written so far holds a token, the tests' secret or one of
   * these texts.
   */
  public static void assertSilentAbout(String... texts) {
    assertThat(whole())
        .isNotEmpty()
        .doesNotContain(texts)
        .doesNotContain(TestToken.SECRET, TestToken.of("x").text().substring(0, 20))
        // How the tokens of an issuer begin: {"kid":
        .doesNotContain("eyJraWQiO");
  }

  /** Returns what has been written since this was made. */
  public String text() {
    byte[] all = read();
    int from = all.length < begin ? 0 : begin;
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  /** Returns the last line that is not empty. */
  public String lastLine() {
    return text().lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
  }

  private byte[] read() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Path each : files()) {
      try {
        all.writeBytes(Files.readAllBytes(each));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toByteArray();
  }

  /**
   * Returns the files, the oldest first: Payara begins a new one, with the number 0, after 1 MB,
   * and adds one to the numbers of the others.
   */
  private Deque<Path> files() {
    Deque<Path> files = new ArrayDeque<>();
    Path next = file;
    for (int number = 1; Files.exists(next); number++) {
      files.addFirst(next);
      next = file.resolveSibling(file.getFileName().toString().replaceFirst("0$", "" + number));
      if (next.equals(file)) {
        break;
      }
    }
    return files;
  }
}
