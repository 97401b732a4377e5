package org.rollcall.transport;

/**
 * The pongs that one client has caused by its pings and that have not left yet. They are bounded
 * where each pong that leaves is reported: on Payara. On WildFly they wait in the kernel's buffers.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class WaitingPongs {
  /** How many may wait, of at most 127 bytes each; a client that reads has one or two. */
  private static final int MOST = 64;

  private boolean reported;
  private int count;

  /** Counts from now on, because each pong that leaves is reported. */
  synchronized void begin() {
    reported = true;
  }

  /** Counts a ping. Returns whether too many pongs wait. */
  synchronized boolean isOneTooMany() {
    return add(1) > MOST;
  }

  /** Notes that a pong has left. */
  synchronized void left() {
    add(-1);
  }

  private int add(int more) {
    count = reported ? Math.max(0, count + more) : 0;
    return count;
  }
}
