package org.rollcall.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.rollcall.bench.GeneratorOutput.Figure;
import org.rollcall.bench.GeneratorOutput.Point;

/** What a run has found: rows of a table, whose columns are candidates, and curves of plots. */
final class Results {
  private final Map<String, Map<Candidate, Figure>> figures = new LinkedHashMap<>();
  private final Map<String, Map<String, NavigableMap<Double, Double>>> plots =
      new LinkedHashMap<>();

  void add(Candidate candidate, Figure figure) {
    figures.computeIfAbsent(figure.name(), name -> new LinkedHashMap<>()).put(candidate, figure);
  }

  void add(Candidate candidate, Point point) {
    plots
        .computeIfAbsent(point.plot(), name -> new LinkedHashMap<>())
        .computeIfAbsent(candidate.title(), title -> new TreeMap<>())
        .put(point.x(), point.y());
  }

  /** Returns the points of one candidate in a plot; empty if there are none. */
  NavigableMap<Double, Double> curve(String plot, Candidate candidate) {
    return plots
        .getOrDefault(plot, Map.of())
        .getOrDefault(candidate.title(), Collections.emptyNavigableMap());
  }

  /** Returns the figures of each row, in the order in which they were found. */
  Map<String, Map<Candidate, Figure>> figures() {
    return figures;
  }

  /** Returns the points of each plot, by the name of the curve. */
  Map<String, Map<String, NavigableMap<Double, Double>>> plots() {
    return plots;
  }
}
