package org.rollcall.count;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The number of connections by which a count has grown within the last seconds: arrivals minus
 * leaves.
 *
 * <p>Every method is called with the counter's lock held.
 */
final class RecentArrivals {
  /** Longer than it takes to detect a crash. */
  static final Duration WINDOW = Duration.ofSeconds(6);

  private static final long WINDOW_NANOS = WINDOW.toNanos();
  private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>(1);
  private Count sum = Count.ZERO;

  /** The sum of all changes until a moment. */
  private record Sample(long until, Count sum) {}

  /** Notes that connections came, or with negative numbers that they left. */
  void add(Count some, long now) {
    if (samples.isEmpty() || now - samples.getLast().until >= STEP_NANOS) {
      samples.add(new Sample(now, sum));
    }
    sum = sum.plus(some);
    forget(now);
  }

  /** Returns by how many connections of each kind the count has grown. */
  Count within(long now) {
    forget(now);
    return samples.isEmpty() ? Count.ZERO : sum.minus(samples.getFirst().sum).orZero();
  }

  private void forget(long now) {
    while (!samples.isEmpty() && now - samples.getFirst().until > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }
}
