package org.rollcall.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sends that are handing a frame to the container, so that no frame follows the close frame
 * (RFC 6455, section 5.5.1).
 *
 * <p>Both containers check whether a connection is open, and queue the frame some microseconds
 * later. A close frame may be queued in between; Chromium answers the frame behind it with an
 * error. So {@link #stop} comes before each close frame: it lets no further send begin, and waits
 * for the ones under way.
 *
 * <p>Safe for many threads. Only {@link #stop} waits, for calls that do not block.
 */
final class SendsUnderWay {
  /** More than any call takes; a call that needs a lock of the thread that waits takes longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final Duration longestWait;
  private int count;
  private @Nullable Thread sender;
  private boolean stopped;

  /** Creates one without sends. */
  SendsUnderWay() {
    this(LONGEST_WAIT);
  }

  /**
   * Creates one without sends.
   *
   * @param longestWait how long a close waits at most
   */
  SendsUnderWay(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /** Begins a send, unless the connection is closing. Returns whether it has begun. */
  synchronized boolean begin() {
    if (stopped) {
      return false;
    }
    count++;
    if (sender == null) {
      sender = Thread.currentThread();
    }
    return true;
  }

  /** Notes that the container has the frame of a send that had begun. */
  synchronized void done() {
    count--;
    if (sender == Thread.currentThread()) {
      sender = null;
    }
    if (stopped) {
      notifyAll();
    }
  }

  /**
   * Lets no further send begin, and returns once the container has the frames of all others. A send
   * that has found the connection closed calls this from within; it is not waited for.
   */
  synchronized void stop() {
    stopped = true;
    int own = sender == Thread.currentThread() ? 1 : 0;
    if (count <= own) {
      return;
    }
    long begin = System.nanoTime();
    Duration left = longestWait;
    try {
      while (count > own && left.toMillis() > 0) {
        wait(left.toMillis());
        left = longestWait.minusNanos(System.nanoTime() - begin);
      }
    } catch (InterruptedException nodeStops) {
      Thread.currentThread().interrupt();
    }
  }
}
