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

  /** Adds the pong of a ping. Returns false if too many wait. */
  synchronized boolean add() {
    count = reported ? count + 1 : 0;
    return count <= MOST;
  }

  /** Notes that a pong has left. */
  synchronized void left() {
    count = Math.max(0, count - 1);
  }
}
