package org.rollcall.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a few handshakes at a time on the threads of a server, in order. A handshake takes a
 * millisecond. While none of them ends or begins for a second, they are held up, by a client that
 * does not read or by an issuer that does not answer: then each handshake that comes gets one
 * further thread.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class HandshakeExecutor implements Executor {
  private static final Logger LOG = System.getLogger(HandshakeExecutor.class.getName());
  private static final long STANDSTILL = Duration.ofSeconds(1).toNanos();

  /** A node has fewer connections. */
  private static final int MOST_WAITING = 1 << 16;

  private final Executor wide;
  private final Threads threads;
  private final LongSupplier nanos;
  private final Deque<Runnable> waiting = new ArrayDeque<>(0);
  private int running;
  private long moved;

  /**
   * How many threads handshakes take.
   *
   * @param few at a time
   * @param most when handshakes are held up
   */
  record Threads(int few, int most) {
    /** Returns the numbers for a server of so many cores and threads. */
    static Threads of(int cores, int all) {
      // The others read messages. A handshake computes, so more threads would take I/O threads
      // their core.
      int few = Math.max(1, Math.min(cores, all / 2));
      return new Threads(few, Math.max(few, all * 3 / 4));
    }
  }

  /**
   * Creates one that runs nothing yet.
   *
   * @param wide the server's threads; never runs a task within the call
   * @param nanos the clock, in nanoseconds
   */
  HandshakeExecutor(Executor wide, Threads threads, LongSupplier nanos) {
    this.wide = wide;
    this.threads = threads;
    this.nanos = nanos;
  }

  /**
   * Carries a handshake out, now or later.
   *
   * @throws RejectedExecutionException if too many wait, here or at the server
   */
  @Override
  public void execute(Runnable handshake) {
    synchronized (waiting) {
      if (waiting.size() >= MOST_WAITING) {
        throw new RejectedExecutionException(MOST_WAITING + " handshakes wait already");
      }
      waiting.add(handshake);
      if (running < threads.few() || (running < threads.most() && isHeldUp())) {
        start();
      }
    }
  }

  private boolean isHeldUp() {
    return nanos.getAsLong() - moved >= STANDSTILL;
  }

  private void start() {
    running++;
    moved = nanos.getAsLong();
    try {
      wide.execute(this::next);
    } catch (RejectedExecutionException stopping) {
      running--;
      waiting.clear();
      throw stopping;
    }
  }

  /** Carries out the next one. Then the thread is the server's again, whose own tasks may wait. */
  private void next() {
    @Nullable Runnable handshake;
    synchronized (waiting) {
      handshake = waiting.poll();
    }
    try {
      if (handshake != null) {
        handshake.run();
      }
    } catch (RuntimeException | Error e) {
      // The handshakes behind it must not wait for ever.
      LOG.log(Level.ERROR, "A handshake failed", e);
    } finally {
      ended();
    }
  }

  private void ended() {
    synchronized (waiting) {
      running--;
      if (waiting.isEmpty()) {
        return;
      }
      try {
        start();
      } catch (RejectedExecutionException stopping) {
        LOG.log(Level.DEBUG, "The server stops; the handshakes that wait are dropped");
      }
    }
  }
}
