package org.rollcall.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands of the operating system. */
final class Commands {
  private Commands() {}

  /**
   * What a command left.
   *
   * @param status its exit status
   * @param output what it said
   */
  record Outcome(int status, String output) {}

  /** Runs a command that must succeed. */
  static void run(String... command) {
    Outcome outcome = attempt(command);
    if (outcome.status() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + outcome.output());
    }
  }

  /** Runs a command that may fail. */
  static Outcome attempt(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
