package org.rollcall.count;

/**
 * Limits an action to once in an interval. After a quiet time it may happen at once.
 *
 * <p>Times are nanoseconds of any one clock. Not safe for many threads: its owner locks.
 */
final class Pacer {
  private final long interval;
  private long last;
  private boolean used;

  Pacer(long intervalNanos) {
    this.interval = intervalNanos;
  }

  /** Returns how long to wait until the action may happen: 0 if it may happen now. */
  long delay(long now) {
    return used ? Math.max(0, last + interval - now) : 0;
  }

  /** Notes that the action happens now. */
  void happened(long now) {
    used = true;
    last = now;
  }
}
