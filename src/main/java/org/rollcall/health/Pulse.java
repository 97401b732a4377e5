package org.rollcall.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the node's timer still runs. Without it no slow client is closed, and no loss is
 * repaired.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Pulse {
  /** A busy machine may hold a thread up for seconds, but not for so long. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private volatile long last;

  /**
   * Creates the check of a timer that has just run.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  public Pulse(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Notes that the timer runs. Called every second. */
  public void beat() {
    last = nanos.getAsLong();
  }

  /** Returns whether the timer has run in the last 30 seconds. */
  boolean isFelt() {
    return nanos.getAsLong() - last < LONGEST.toNanos();
  }
}
