package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How many files, and so connections, a process may have open here. */
final class Descriptors {
  /** What a server opens besides connections, with room for those that are being closed. */
  private static final int OTHERS = 1_000;

  private Descriptors() {}

  /** Ends the run unless a server, and a generator, can have so many connections at a time. */
  static void require(int connections) {
    int limit = limit();
    if (limit < connections + OTHERS) {
      throw new BenchFailure(
          "%,d connections need ulimit -n %d, but it is %d: raise it, or choose smaller sizes"
              .formatted(connections, connections + OTHERS, limit));
    }
  }

  /** Returns how many connections are possible at a time. */
  static int connections() {
    return limit() - OTHERS;
  }

  /** Returns the hard limit, to which a JVM raises its own. */
  private static int limit() {
    try {
      Process shell = new ProcessBuilder("sh", "-c", "ulimit -Hn").start();
      byte[] output = shell.getInputStream().readAllBytes();
      String limit = new String(output, StandardCharsets.US_ASCII).strip();
      return limit.equals("unlimited")
          ? Integer.MAX_VALUE
          : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
