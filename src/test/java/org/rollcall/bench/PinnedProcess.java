package org.rollcall.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs on one core, where the system has {@code taskset}, and that ends with this one at
 * the latest.
 */
final class PinnedProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final Path log;
  private final Thread end;

  private PinnedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Whether processes can be kept on one core. */
  static boolean isPossible() {
    return List.of("/usr/bin", "/bin", "/usr/local/bin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")))
        && Runtime.getRuntime().availableProcessors() > 1;
  }

  /**
   * Starts a server, whose output goes to a file.
   *
   * @param core where it runs
   * @param arguments what follows {@code java}
   * @param log the file
   */
  static PinnedProcess server(int core, List<String> arguments, Path log) {
    return start(
        command(core, arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile())),
        log);
  }

  /** Starts a process whose output is read by {@link #output}; its errors go to a file. */
  static PinnedProcess piped(int core, List<String> arguments, Path log) {
    return start(
        command(core, arguments).redirectError(ProcessBuilder.Redirect.to(log.toFile())), log);
  }

  private static ProcessBuilder command(int core, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isPossible()) {
      command.addAll(List.of("taskset", "-c", String.valueOf(core)));
    }
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  private static PinnedProcess start(ProcessBuilder builder, Path log) {
    try {
      return new PinnedProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the process id: taskset becomes the JVM. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path log() {
    return log;
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the end, and returns the exit status. */
  int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process, first politely. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
