package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.rollcall.testing.ServerProcess;

/** What a server's processes have used together, as the system counts it: one for each node. */
final class ServerUsage {
  /**
   * CPU time since the processes started.
   *
   * @param total of all threads
   * @param compilers of the threads that compile; zero where the system does not tell
   */
  record Cpu(Duration total, Duration compilers) {
    Cpu plus(Cpu other) {
      return new Cpu(total.plus(other.total), compilers.plus(other.compilers));
    }

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

  private final List<ProcessHandle> processes;

  ServerUsage(List<Long> pids) {
    processes = pids.stream().map(ServerUsage::process).toList();
  }

  private static ProcessHandle process(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new BenchFailure("There is no server with the process id " + pid));
  }

  private static Path folder(ProcessHandle process) {
    return Path.of("/proc", String.valueOf(process.pid()));
  }

  /** Returns the CPU time so far; ends the run if a process has ended. */
  Cpu cpu() {
    return processes.stream()
        .map(ServerUsage::cpu)
        .reduce(new Cpu(Duration.ZERO, Duration.ZERO), Cpu::plus);
  }

  private static Cpu cpu(ProcessHandle process) {
    Duration total =
        process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new BenchFailure("The server has ended"));
    return new Cpu(total, compilers(folder(process)));
  }

  private static Duration compilers(Path folder) {
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
    return processes.stream().mapToDouble(process -> residentKb(folder(process))).sum();
  }

  private static double residentKb(Path folder) {
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

  /** Returns the live objects of the heaps in KB, after a full collection of each. */
  double liveKb() {
    return processes.stream().mapToLong(each -> ServerProcess.of(each).liveBytes()).sum()
        / BYTES_OF_A_KB;
  }
}
