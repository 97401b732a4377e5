package org.rollcall.http;

import java.time.Duration;

/**
 * The connections that the JDK's HTTP client has left open for good, and when it may ask again.
 *
 * <p>The client (17.0.15) fails at the ninth interim answer (1xx) and keeps the connection; it has
 * no call to close one, and none is closed with a client that is garbage. Without its limit a fast
 * server could fill the memory with interim answers. So a server that does so is asked less: after
 * sixteen lost connections, asking pauses after each further one, from one second, twice as long
 * each time, to one hour.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class LostConnections {
  private static final int FREE = 16;
  private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();

  private int lost;
  private long pause = FIRST_NANOS;
  private long end;

  /** Returns whether the server may be asked. After a pause it is asked once, to begin with. */
  synchronized boolean mayAsk(long now) {
    if (lost < FREE) {
      return true;
    }
    if (now - end < 0) {
      return false;
    }
    end = now + pause;
    return true;
  }

  /** Counts a connection that was lost. */
  synchronized void add(long now) {
    lost++;
    if (lost >= FREE) {
      end = now + pause;
      pause = Math.min(2 * pause, LONGEST_NANOS);
    }
  }

  /** Notes that a connection was closed or is in use again, so the server may be asked again. */
  synchronized void closed() {
    lost = Math.min(lost, FREE - 1);
  }
}
