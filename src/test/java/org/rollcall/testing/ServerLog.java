package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server of this build writes into its log from now on. */
public final class ServerLog {
  private final Path file = Path.of(System.getProperty("rollcall.server.log", "server.log"));
  private final int begin = read().length;

  /** Returns all that has been written. */
  public static String whole() {
    return new String(new ServerLog().read(), StandardCharsets.UTF_8);
  }

  /** Returns what has been written since this was made. */
  public String text() {
    byte[] all = read();
    int from = all.length < begin ? 0 : begin;
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  private byte[] read() {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
