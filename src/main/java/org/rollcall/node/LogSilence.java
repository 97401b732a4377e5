package org.rollcall.node;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Measures for how long a logger, and all loggers below it, have logged nothing. Safe for many
 * threads.
 */
final class LogSilence extends Handler {
  private final LongSupplier nanos;
  private volatile long last;

  /**
   * Starts to measure.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  LogSilence(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  @Override
  public void publish(LogRecord entry) {
    last = nanos.getAsLong();
  }

  /** Returns whether nothing was logged for this long. */
  boolean lasted(Duration least) {
    return nanos.getAsLong() - last >= least.toNanos();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
