package org.rollcall.concurrent;

/**
 * A token bucket: a number of tokens a second, and at once as many as gather in some seconds.
 *
 * <p>Times are nanoseconds of any one clock. Not safe for many threads: its owner locks.
 */
public final class TokenBucket {
  private static final long SECOND = 1_000_000_000L;

  private final long each;
  private final long depth;

  /** When the bucket is full again: the emptier it is, the later. */
  private long full;

  /**
   * Creates a full one.
   *
   * @param seconds how many seconds' tokens it holds
   */
  public TokenBucket(int perSecond, int seconds, long now) {
    this.each = SECOND / perSecond;
    this.depth = seconds * SECOND;
    this.full = now;
  }

  /** Takes a token, if there is one. Returns whether there was. */
  public boolean take(long now) {
    long from = isFull(now) ? now : full;
    if (from - now > depth - each) {
      return false;
    }
    full = from + each;
    return true;
  }

  /** Returns whether it is as a new one is. */
  public boolean isFull(long now) {
    return full - now <= 0;
  }
}
