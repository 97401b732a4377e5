package org.rollcall.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the node's timer still runs: without it no slow client is closed, and no loss repaired.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Pulse {
  /** A busy machine holds a thread up for seconds, not for longer. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private volatile long last;

  /**
   * Creates one that has just been felt.
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

  /** Tells whether the timer has run of late. */
  boolean isFelt() {
    return nanos.getAsLong() - last < LONGEST.toNanos();
  }
}
