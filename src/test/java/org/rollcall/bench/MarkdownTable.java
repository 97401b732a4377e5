package org.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rollcall.bench.GeneratorOutput.Figure;

/** Writes results as a table of Markdown. */
final class MarkdownTable {
  private static final int SIGNIFICANT = 3;

  /** Ends the names of rows in which more is better: these show a ratio too. */
  private static final String RATE = "per second";

  private final Results results;
  private final List<Candidate> columns;

  MarkdownTable(Results results, List<Candidate> columns) {
    this.results = results;
    this.columns = columns;
  }

  /** Returns the lines of the table. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", columns.stream().map(Candidate::title).toList()));
    lines.add("|---".repeat(columns.size() + 1) + "|");
    results
        .figures()
        .forEach(
            (name, values) ->
                lines.add(line(name, columns.stream().map(at -> cell(values, at)).toList())));
    return lines;
  }

  private static String line(String first, List<String> rest) {
    StringBuilder line = new StringBuilder("|");
    for (String cell : Stream.concat(Stream.of(first), rest.stream()).toList()) {
      line.append(cell.isEmpty() ? " |" : " " + cell + " |");
    }
    return line.toString();
  }

  private static String cell(Map<Candidate, Figure> values, Candidate column) {
    Figure figure = values.get(column);
    if (figure == null || Double.isNaN(figure.value())) {
      return "";
    }
    Candidate bare = new Candidate(Subject.BARE, column.server());
    Optional<Figure> bound =
        column.subject().isRollcall() && figure.name().endsWith(RATE)
            ? Optional.ofNullable(values.get(bare))
            : Optional.empty();
    return text(figure)
        + bound
            .map(of -> " (%.0f %% of bare)".formatted(100 * figure.value() / of.value()))
            .orElse("");
  }

  /** Returns a figure's value, with its error if that is known. */
  static String text(Figure figure) {
    return number(figure.value())
        + (Double.isNaN(figure.error()) ? "" : " ± " + number(figure.error()));
  }

  /** Returns a figure with three digits that count, and all digits before the point. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (Double.isInfinite(value)) {
      return "no number suffices";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1_000) {
      return String.valueOf((int) value);
    }
    int digits = 1 + (int) Math.floor(Math.log10(Math.abs(value)));
    if (digits >= SIGNIFICANT) {
      double unit = Math.pow(10, digits - SIGNIFICANT);
      return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
    }
    return String.format(Locale.ROOT, "%." + Math.min(3, SIGNIFICANT - digits) + "f", value);
  }
}
