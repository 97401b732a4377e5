package org.rollcall.transport;

import java.time.Duration;

/**
 * The sends that are handing a frame to the container, so that no frame follows the close frame
 * (RFC 6455, section 5.5.1).
 *
 * <p>Both containers look whether a connection is open, and queue the frame some microseconds
 * later. A close frame that is queued in between is answered by Chromium with an error. So {@link
 * #end} comes before each close frame: it lets no further send begin, and waits for the ones under
 * way.
 *
 * <p>Safe for many threads. Only {@link #end} waits, for calls that do not block.
 */
final class SendsUnderWay {
  /** More than any call takes; a send that fails may end the connection from within its call. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final Duration longestWait;
  private int count;
  private boolean ended;

  /** Creates one without sends. */
  SendsUnderWay() {
    this(LONGEST_WAIT);
  }

  /**
   * Creates one without sends.
   *
   * @param longestWait how long the end waits at most
   */
  SendsUnderWay(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /** Begins a send, unless the connection has ended. Returns whether it has begun. */
  synchronized boolean begin() {
    if (ended) {
      return false;
    }
    count++;
    return true;
  }

  /** Notes that the container has the frame of a send that had begun. */
  synchronized void over() {
    count--;
    if (ended) {
      notifyAll();
    }
  }

  /** Lets no further send begin, and returns once the container has the frames of all others. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    long begin = System.nanoTime();
    Duration left = longestWait;
    try {
      while (count > 0 && left.toMillis() > 0) {
        wait(left.toMillis());
        left = longestWait.minusNanos(System.nanoTime() - begin);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
