package org.rollcall.socket;

import java.util.function.LongSupplier;

/**
 * How many frames may wait, and how long.
 *
 * @param capacity with how many frames the backlog is full
 * @param bytes with how many bytes of memory it is
 * @param timeoutNanos the longest time for one frame to leave
 * @param nanos the clock
 */
public record OutboxLimits(int capacity, long bytes, long timeoutNanos, LongSupplier nanos) {
  /**
   * The limit for users. A frame of presence has a few hundred characters; a state of many friends
   * may have a million.
   */
  private static final int BYTES_PER_FRAME = 1024;

  /**
   * The limit for anonymous clients. They get counts, of a few hundred characters each, and
   * replies.
   */
  private static final long STRANGERS_BYTES = 32_768;

  /** Creates limits with 1,024 times as many bytes as frames. */
  public OutboxLimits(int capacity, long timeoutNanos, LongSupplier nanos) {
    this(capacity, (long) capacity * BYTES_PER_FRAME, timeoutNanos, nanos);
  }

  /** Returns how much may wait for a client that is not signed in. */
  OutboxLimits forStranger() {
    return new OutboxLimits(capacity, Math.min(bytes, STRANGERS_BYTES), timeoutNanos, nanos);
  }
}
