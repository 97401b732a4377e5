package org.rollcall.socket;

import java.util.function.LongSupplier;

/**
 * The frames of one connection that the transport has and that have not left yet.
 *
 * <p>Not safe for many threads: the connection's outbox locks.
 */
final class FramesInFlight {
  /**
   * How many bytes of memory may be in flight. Above it the next frame waits until all frames have
   * left.
   */
  private static final int MOST_BYTES = 8192;

  private final int most;
  private int frames;
  private int bytes;
  private long since;

  /**
   * Creates one without frames.
   *
   * @param most how many frames the transport takes at a time
   */
  FramesInFlight(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return frames == 0;
  }

  /** Returns whether the next frame has to wait. */
  boolean isFull() {
    return frames >= most || (frames > 0 && bytes > MOST_BYTES);
  }

  /** Notes a frame that is handed to the transport. */
  void begin(int size, LongSupplier nanos) {
    if (frames == 0) {
      since = nanos.getAsLong();
      bytes = 0;
    }
    frames++;
    bytes += size;
  }

  /** Notes that the oldest frame has left: the time of the next frame begins. */
  void end(LongSupplier nanos) {
    frames--;
    if (frames > 0) {
      since = nanos.getAsLong();
    }
  }

  /** Returns whether the oldest frame has been on its way for too long. */
  boolean isLate(long now, long timeoutNanos) {
    return frames > 0 && now - since >= timeoutNanos;
  }
}
