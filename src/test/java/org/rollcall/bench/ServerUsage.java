package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.rollcall.testing.ServerProcess;

/** What a server's process has used, as the system counts it. */
final class ServerUsage {
  /**
   * CPU time since the process started.
   *
   * @param total of all threads
   * @param compilers of the threads that compile; zero where the system does not tell
   */
  record Cpu(Duration total, Duration compilers) {
    Cpu since(Cpu earlier) {
      return new Cpu(total.minus(earlier.total), compilers.minus(earlier.compilers));
    }

    double millis() {
      return total.toNanos() / 1e6;
    }

    double millisWithoutCompilers() {
      return total.minus(compilers).toNanos() / 1e6;
    }
  }

  private static final double BYTES_OF_A_KB = 1024;

  private final ProcessHandle process;
  private final Path folder;

  ServerUsage(long pid) {
    process =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new BenchFailure("There is no server with the process id " + pid));
    folder = Path.of("/proc", String.valueOf(pid));
  }

  /** Returns the CPU time so far; ends the run if the server has ended. */
  Cpu cpu() {
    Duration total =
        process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new BenchFailure("The server has ended"));
    return new Cpu(total, compilers());
  }

  private Duration compilers() {
    if (Files.notExists(folder)) {
      return Duration.ZERO;
    }
    try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
      return threads.map(ServerUsage::ifCompiler).reduce(Duration.ZERO, Duration::plus);
    } catch (IOException e) {
      throw new BenchFailure("Cannot read the server's threads: " + e.getMessage(), e);
    }
  }

  private static Duration ifCompiler(Path thread) {
    try {
      boolean compiler = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
      String nanos =
          compiler ? Files.readString(thread.resolve("schedstat")).split(" ", 2)[0] : "0";
      return Duration.ofNanos(Long.parseLong(nanos));
    } catch (IOException ended) {
      return Duration.ZERO;
    }
  }

  /** Returns the resident memory in KB, or not-a-number where the system does not tell. */
  double residentKb() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("status"));
      return lines.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }

  /** Returns the live objects of the heap in KB, after a full collection. */
  double liveKb() {
    return ServerProcess.of(process).liveBytes() / BYTES_OF_A_KB;
  }
}
