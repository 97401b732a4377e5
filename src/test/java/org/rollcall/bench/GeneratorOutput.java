package org.rollcall.bench;

import java.io.PrintStream;
import java.util.Optional;

/** What a generator tells the benchmark: a line each, and what else it prints is for people. */
final class GeneratorOutput {
  private static final String STEP = "STEP";
  private static final String FIGURE = "FIGURE";
  private static final String POINT = "POINT";
  private static final String TAB = "\t";

  /** One line of it. */
  sealed interface Line permits Step, Figure, Point {}

  /**
   * What is measured from now on.
   *
   * @param kind the scenario
   * @param sentence for people
   */
  record Step(ScenarioKind kind, String sentence) implements Line {}

  /**
   * A row of the table.
   *
   * @param name what was measured, with its unit
   * @param value the figure; not-a-number if it could not be measured
   * @param error by how much the figure may be wrong in either direction; not-a-number if unknown
   */
  record Figure(String name, double value, double error) implements Line {
    Figure(String name, double value) {
      this(name, value, Double.NaN);
    }
  }

  /**
   * A point of a plot.
   *
   * @param plot the plot's name: what was measured, with its unit, "by", and what was varied
   */
  record Point(String plot, double x, double y) implements Line {}

  private final PrintStream out;

  GeneratorOutput(PrintStream out) {
    this.out = out;
  }

  void tell(Line line) {
    if (line instanceof Step step) {
      print(STEP, step.kind().name(), step.sentence());
    } else if (line instanceof Figure figure) {
      print(FIGURE, figure.name(), String.valueOf(figure.value()), String.valueOf(figure.error()));
    } else if (line instanceof Point point) {
      print(POINT, point.plot(), String.valueOf(point.x()), String.valueOf(point.y()));
    }
  }

  private void print(String... parts) {
    out.println(String.join(TAB, parts));
    out.flush();
  }

  /** Reads a line, if it is one of these. */
  static Optional<Line> parse(String line) {
    String[] parts = line.split(TAB, -1);
    return switch (parts[0]) {
      case STEP -> Optional.of(new Step(ScenarioKind.valueOf(parts[1]), parts[2]));
      case FIGURE ->
          Optional.of(
              new Figure(parts[1], Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
      case POINT ->
          Optional.of(
              new Point(parts[1], Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
      default -> Optional.empty();
    };
  }
}
