package org.rollcall.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How often an action was done since the start, how long all of them took, and how many failed.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Stopwatch {
  private final LongSupplier clock;
  private final LongAdder times = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * Creates one that has measured nothing.
   *
   * @param clock the time, as {@link System#nanoTime} gives it
   */
  public Stopwatch(LongSupplier clock) {
    this.clock = clock;
  }

  /** Returns the time at which something begins, to be given to {@link #end}. */
  long begin() {
    return clock.getAsLong();
  }

  /** Counts an action that has ended. */
  void end(long begin, boolean well) {
    times.increment();
    nanos.add(clock.getAsLong() - begin);
    if (!well) {
      failures.increment();
    }
  }

  /** Returns how often it was done, also if it failed. */
  public long times() {
    return times.sum();
  }

  /** Returns how long all of it took. */
  public long nanos() {
    return nanos.sum();
  }

  /** Returns how often it failed. */
  public long failures() {
    return failures.sum();
  }
}
