package org.rollcall.count;

/**
 * Lets a thing happen at once after a quiet time, and then at most once per interval.
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

  /** Returns how long to wait until the thing may happen: 0 if it may now. */
  long delay(long now) {
    return used ? Math.max(0, last + interval - now) : 0;
  }

  /** Notes that the thing happens now. */
  void happened(long now) {
    used = true;
    last = now;
  }
}
