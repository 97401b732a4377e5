package org.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
                lines.add(line(name, columns.stream().map(at -> cell(name, values, at)).toList())));
    return lines;
  }

  private static String line(String first, List<String> rest) {
    StringBuilder line = new StringBuilder("|");
    for (String cell : Stream.concat(Stream.of(first), rest.stream()).toList()) {
      line.append(cell.isEmpty() ? " |" : " " + cell + " |");
    }
    return line.toString();
  }

  private static String cell(String name, Map<Candidate, Double> values, Candidate column) {
    Double value = values.get(column);
    if (value == null || value.isNaN()) {
      return "";
    }
    Candidate bare = new Candidate(Subject.BARE, column.server());
    Optional<Double> bound =
        column.subject().isRollcall() && name.endsWith(RATE)
            ? Optional.ofNullable(values.get(bare))
            : Optional.empty();
    return number(value)
        + bound.map(of -> " (%.0f %% of bare)".formatted(100 * value / of)).orElse("");
  }

  /** Returns a figure with three digits that count, and all digits before the point. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
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
