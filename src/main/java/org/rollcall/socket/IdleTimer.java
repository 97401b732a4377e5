package org.rollcall.socket;

/**
 * Measures how long a client has been silent. After three quarters of the idle time the client gets
 * a ping, which every WebSocket client answers by itself. After the whole idle time without an
 * answer the connection is closed. One ping is outstanding at most.
 *
 * <p>A client that sends pings instead of heartbeats lives so: containers answer a client's pings
 * without telling anyone, but tell of pongs.
 *
 * <p>Times are nanoseconds of any one clock. {@link #heard} may be called by any thread, {@link
 * #check} by one at a time.
 */
final class IdleTimer {
  enum Due {
    NOTHING,
    PING,
    CLOSE
  }

  private volatile long heard;
  private boolean pinged;
  private long asked;

  IdleTimer(long now) {
    this.heard = now;
  }

  /** Notes a message or a pong. */
  void heard(long now) {
    heard = now;
  }

  /**
   * Returns the action that is due. The answer to a ping has a quarter of the idle time at least.
   */
  Due check(long now, long idleNanos) {
    long silent = now - heard;
    long wait = idleNanos / 4;
    if (silent < idleNanos - wait) {
      pinged = false;
      return Due.NOTHING;
    }
    if (!pinged) {
      pinged = true;
      asked = now;
      return Due.PING;
    }
    return silent > idleNanos && now - asked >= wait ? Due.CLOSE : Due.NOTHING;
  }
}
