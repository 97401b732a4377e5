package org.rollcall.bench;

import java.util.SortedMap;

/** The straight line that fits points best, by least squares. */
final class Slope {
  private Slope() {}

  /** Returns how much the value changes for one step to the right; of at least two points. */
  static double of(SortedMap<Double, Double> points) {
    double meanX = points.keySet().stream().mapToDouble(x -> x).average().orElse(0);
    double meanY = points.values().stream().mapToDouble(y -> y).average().orElse(0);
    double up = 0;
    double across = 0;
    for (var point : points.entrySet()) {
      double x = point.getKey() - meanX;
      up += x * (point.getValue() - meanY);
      across += x * x;
    }
    return up / across;
  }

  /** Returns the slope of the line through zero that fits best. */
  static double throughZero(SortedMap<Double, Double> points) {
    double up = 0;
    double across = 0;
    for (var point : points.entrySet()) {
      up += point.getKey() * point.getValue();
      across += point.getKey() * point.getKey();
    }
    return up / across;
  }

  /** Returns the value of the line at zero; of at least two points. */
  static double atZero(SortedMap<Double, Double> points) {
    double meanX = points.keySet().stream().mapToDouble(x -> x).average().orElse(0);
    double meanY = points.values().stream().mapToDouble(y -> y).average().orElse(0);
    return meanY - of(points) * meanX;
  }
}
