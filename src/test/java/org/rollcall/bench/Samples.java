package org.rollcall.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Measured values, and what they say together. Exact: all values are kept. */
final class Samples {
  private double[] values = new double[16];
  private int size;

  static Samples of(double... values) {
    Samples samples = new Samples();
    DoubleStream.of(values).forEach(samples::add);
    return samples;
  }

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** Adds a time, in milliseconds. */
  void addNanos(long nanos) {
    add(nanos / 1e6);
  }

  int size() {
    return size;
  }

  double median() {
    return percentile(50);
  }

  /** Returns the least value that so many percent of all do not exceed; not-a-number of none. */
  double percentile(double percent) {
    if (size == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * size);
    return sorted[Math.max(0, rank - 1)];
  }
}
