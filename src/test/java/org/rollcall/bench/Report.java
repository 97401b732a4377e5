package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what a run has found for people: on the console, as files, and into the site. */
final class Report {
  private static final Path SITE = Path.of("src/site");
  private static final String BEGIN = "<!-- benchmark: begin -->";
  private static final String END = "<!-- benchmark: end -->";

  private final Results results;
  private final List<Candidate> columns;
  private final BenchOptions options;

  Report(Results results, List<Candidate> columns, BenchOptions options) {
    this.results = results;
    this.columns = columns;
    this.options = options;
  }

  /** Writes all of it into a folder and, if asked for, into the site. Returns the text. */
  String write(Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add(origin());
    lines.add("");
    lines.addAll(new MarkdownTable(results, columns).lines());
    try {
      List<String> images = plots(folder, "");
      if (options.site()) {
        List<String> ours = new ArrayList<>(lines);
        ours.addAll(plots(SITE.resolve("resources/images"), "images/"));
        intoPage(ours);
      }
      lines.addAll(images);
      String text = String.join("\n", lines) + "\n";
      Files.writeString(folder.resolve("performance.md"), text);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where the figures come from: machine, pins, Java, date and command. */
  private String origin() {
    return "%s, %d processors, %s, JDK %s, %s, `mvn verify -Pbench%s`:"
        .formatted(
            processor().orElse(System.getProperty("os.arch")),
            Runtime.getRuntime().availableProcessors(),
            PinnedProcess.isPossible()
                ? "server on core 0, clients on core 1"
                : "server and clients not pinned to cores",
            System.getProperty("java.version"),
            LocalDate.now(ZoneOffset.UTC),
            options.shown().stream().map(option -> " " + option).reduce("", String::concat));
  }

  private static Optional<String> processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private List<String> plots(Path folder, String link) throws IOException {
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>();
    for (var plot : results.plots().entrySet()) {
      String file = "bench-" + plot.getKey().replaceAll("[^A-Za-z0-9]+", "-") + ".svg";
      Files.writeString(folder.resolve(file), new SvgPlot(plot.getKey(), plot.getValue()).draw());
      lines.add("");
      lines.add("![" + plot.getKey() + "](" + link + file + ")");
    }
    return lines;
  }

  private static void intoPage(List<String> lines) throws IOException {
    Path page = SITE.resolve("markdown/performance.md");
    Files.writeString(page, between(Files.readString(page), String.join("\n", lines)));
  }

  /** Returns a page with a text between its two marks instead of what was there. */
  static String between(String page, String text) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new BenchFailure("performance.md lacks the marks " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n\n" + text + "\n\n" + page.substring(end);
  }
}
