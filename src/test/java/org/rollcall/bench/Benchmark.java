package org.rollcall.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.bench.GeneratorOutput.Figure;
import org.rollcall.bench.GeneratorOutput.Line;
import org.rollcall.bench.GeneratorOutput.Point;
import org.rollcall.bench.GeneratorOutput.Step;
import org.rollcall.testing.ServerKind;

/** One run: starts each candidate and its generator, and reports what they have found. */
final class Benchmark {
  private static final int GENERATOR_CORE = 1;

  private final BenchOptions options;
  private final PrintStream console;
  private final List<Candidate> candidates;
  private final Progress progress;
  private final Results results = new Results();

  Benchmark(BenchOptions options, PrintStream console) {
    this.options = options;
    this.console = console;
    this.candidates =
        Candidate.all(options.servers(), options.baseline().isPresent()).stream()
            .filter(each -> options.scenarios().stream().anyMatch(k -> k.suits(each.subject())))
            .toList();
    this.progress = new Progress(candidates, options.scenarios(), options.quick());
  }

  /** Measures everything; ends with a {@link BenchFailure} if something is wrong. */
  void run() {
    Descriptors.require(options.largest());
    if (!PinnedProcess.isPossible()) {
      console.println(
          "[bench] This machine lacks taskset or a second core: the figures are not pinned.");
    }
    Path folder = ServerKind.rollcall().resolveSibling("bench");
    try {
      for (Candidate candidate : candidates) {
        measure(candidate, folder.resolve(candidate.folder()));
      }
    } finally {
      // What was found before a failure is right.
      console.println(new Report(results, candidates, options).write(folder));
      console.println("[bench] The table and the plots are in " + folder);
    }
  }

  private void measure(Candidate candidate, Path folder) {
    empty(folder);
    List<ScenarioKind> kinds =
        options.scenarios().stream()
            .filter(kind -> kind.suits(candidate.subject()) && !kind.startsClusters())
            .toList();
    if (candidate.subject() == Subject.PARTS) {
      // JMH's JVMs run on the core of the JVM that starts them.
      List<Long> own = List.of(ProcessHandle.current().pid());
      generate(candidate, kinds, ServerUnderTest.CORE, own, folder);
    } else if (!kinds.isEmpty()) {
      console.println("[bench] " + candidate.title() + " starts");
      try (PinnedProcess server = ServerUnderTest.start(candidate, options, folder)) {
        generate(candidate, kinds, GENERATOR_CORE, List.of(server.pid()), folder);
      }
    }
    if (options.scenarios().contains(ScenarioKind.NODES)
        && ScenarioKind.NODES.suits(candidate.subject())) {
      measureClusters(candidate, folder);
    }
  }

  private void measureClusters(Candidate candidate, Path folder) {
    for (int nodes : options.nodes()) {
      console.println("[bench] %s starts as a cluster of %d".formatted(candidate.title(), nodes));
      Path files = folder.resolve("nodes-" + nodes);
      try (ServerCluster cluster = ServerCluster.start(candidate, options, nodes, files)) {
        generate(candidate, List.of(ScenarioKind.NODES), GENERATOR_CORE, cluster.pids(), files);
      }
    }
    ClusterCost.figures(plot -> results.curve(plot, candidate)).forEach(it -> take(candidate, it));
  }

  /** Deletes the files of the run before. */
  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void generate(
      Candidate candidate, List<ScenarioKind> kinds, int core, List<Long> measured, Path folder) {
    try (PinnedProcess generator =
        PinnedProcess.piped(
            core, generator(candidate, kinds, measured), folder.resolve("generator.log"))) {
      String last = read(candidate, generator);
      if (generator.await() != 0) {
        throw new BenchFailure(
            "%s: %s (see the logs in %s)".formatted(candidate.title(), last, folder));
      }
    }
  }

  private List<String> generator(
      Candidate candidate, List<ScenarioKind> kinds, List<Long> measured) {
    List<String> arguments = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx3g"));
    arguments.addAll(options.arguments());
    arguments.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path", ""),
            Generator.class.getName(),
            candidate.subject().name(),
            kinds.stream().map(ScenarioKind::name).collect(Collectors.joining(","))));
    measured.forEach(pid -> arguments.add(String.valueOf(pid)));
    return arguments;
  }

  /** Reads all that a generator says, and returns its last line. */
  private String read(Candidate candidate, PinnedProcess generator) {
    String last = "the generator said nothing";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(generator.output(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        GeneratorOutput.parse(line).ifPresent(known -> take(candidate, known));
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Candidate candidate, Line line) {
    if (line instanceof Step step) {
      console.println(progress.line(candidate, step.kind(), step.sentence()));
    } else if (line instanceof Figure figure) {
      results.add(candidate, figure);
      console.println("[bench]   %s: %s".formatted(figure.name(), MarkdownTable.text(figure)));
    } else if (line instanceof Point point) {
      results.add(candidate, point);
      console.println(
          "[bench]   %s: %s, %s"
              .formatted(
                  point.plot(), MarkdownTable.number(point.x()), MarkdownTable.number(point.y())));
    }
  }
}
