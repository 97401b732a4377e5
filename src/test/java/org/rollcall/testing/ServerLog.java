package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines that the server of this build writes into its log from now on. */
public final class ServerLog {
  private final Path file = Path.of(System.getProperty("rollcall.server.log", "server.log"));
  private final int begin = read().length;

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
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
