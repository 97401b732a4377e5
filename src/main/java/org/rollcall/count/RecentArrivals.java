package org.rollcall.count;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * By how many a count has grown within a few seconds, leaves set against arrivals.
 *
 * <p>Every method is called with the counter's lock held.
 */
final class RecentArrivals {
  /** Longer than a crash goes unnoticed. */
  static final Duration WINDOW = Duration.ofSeconds(6);

  private static final long WINDOW_NANOS = WINDOW.toNanos();
  private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>(1);
  private Count sum = Count.ZERO;

  /** The sum until a moment. */
  private record Sample(long until, Count sum) {}

  /** Notes that some came, or with negative numbers that some left. */
  void add(Count some, long now) {
    if (samples.isEmpty() || now - samples.getLast().until >= STEP_NANOS) {
      samples.add(new Sample(now, sum));
    }
    sum = sum.plus(some);
    forget(now);
  }

  /** Returns by how many there are more than there were, by each kind for itself. */
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
