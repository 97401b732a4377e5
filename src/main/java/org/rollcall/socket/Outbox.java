package org.rollcall.socket;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;

/**
 * The frames waiting to leave one connection.
 *
 * <p>A WebSocket session sends one frame at a time, so every writer goes through here: the first
 * uses the transport and the others queue behind it. A connection that lets its {@link Backlog}
 * fill loses the presence in it, and each of its streams pushes one fresh state when the transport
 * is free again; one that fills it again before it has caught up, or whose frame does not leave in
 * time, is closed as {@link CloseCode#SLOW}. So a client that does not read costs a bounded amount
 * of memory.
 *
 * <p>Safe for many threads; no call blocks. Frames are sent on the executor's threads.
 */
public final class Outbox {
  /** Sends in a row before other connections get the thread. */
  private static final int TURN = 16;

  private final Transport transport;
  private final Executor executor;
  private final Limits limits;
  private final Ends ends;
  private final Backlog backlog;
  private boolean busy;
  private boolean calling;
  private boolean flying;
  private boolean closed;
  private long since;

  /**
   * How much may wait, and how long.
   *
   * @param capacity with how many frames the backlog is full
   * @param bytes with how many bytes of memory it is
   * @param timeoutNanos the longest time for one frame to leave
   * @param nanos the clock
   */
  public record Limits(int capacity, long bytes, long timeoutNanos, LongSupplier nanos) {
    /**
     * A frame of presence is a few hundred characters; a state of many friends may be a million.
     */
    private static final int BYTES_PER_FRAME = 1024;

    /** A stranger gets counts, of a few hundred characters each, and answers. */
    private static final long STRANGERS_BYTES = 32_768;

    /** Creates limits with 1,024 times as many bytes as frames. */
    public Limits(int capacity, long timeoutNanos, LongSupplier nanos) {
      this(capacity, (long) capacity * BYTES_PER_FRAME, timeoutNanos, nanos);
    }

    /** Returns how much may wait for a client that is not signed in. */
    Limits forStranger() {
      return new Limits(capacity, Math.min(bytes, STRANGERS_BYTES), timeoutNanos, nanos);
    }
  }

  /**
   * The action that is called, once, by any thread and with no lock held, when no frame can leave
   * any more.
   */
  public interface Ends {
    /** The client is too slow. */
    void slow();

    /** The connection is gone, whether or not the container has said so. */
    void lost();
  }

  /** Creates an empty outbox. */
  public Outbox(Transport transport, Executor executor, Limits limits, Ends ends) {
    this.transport = transport;
    this.executor = executor;
    this.limits = limits;
    this.ends = ends;
    this.backlog = new Backlog(limits.capacity(), limits.bytes());
  }

  /** The frames of one channel that a fresh state can replace: states and diffs. */
  public final class Stream extends Backlog.Stream {
    private final Runnable restate;

    private Stream(Runnable restate) {
      this.restate = restate;
    }

    /** Queues a diff; drops it if the stream lost frames and has had no state since. */
    public void push(String text) {
      offer(() -> backlog.offerDiff(text, this));
    }

    /** Queues a state, from which the stream goes on. */
    public void state(String text) {
      offer(() -> backlog.offerState(text, this));
    }

    /** Gives the stream up: what waits is sent, but no state is asked for any more. */
    public void end() {
      synchronized (Outbox.this) {
        backlog.forget(this);
      }
    }
  }

  /**
   * Opens a stream.
   *
   * @param restate asks the channel for a fresh state; called by any thread, must not block
   */
  public Stream stream(Runnable restate) {
    return new Stream(restate);
  }

  /** Queues a frame that nothing can replace: a reply, a close, an error. */
  public void send(String text) {
    offer(() -> backlog.offer(text));
  }

  private interface Offer {
    Backlog.Outcome make();
  }

  private void offer(Offer offer) {
    boolean start = false;
    boolean slow = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      switch (offer.make()) {
        case QUEUED -> {
          start = !busy;
          busy = true;
        }
        case TOO_SLOW -> {
          slow = true;
          closeLocked();
        }
        case DROPPED -> {}
      }
    }
    if (start) {
      start();
    } else if (slow) {
      tellSlow();
    }
  }

  /** On another thread: the caller of an offer may hold the lock of a topic. */
  private void tellSlow() {
    try {
      executor.execute(ends::slow);
    } catch (RejectedExecutionException stopped) {
      // The node closes all connections.
    }
  }

  private void start() {
    try {
      executor.execute(this::turn);
    } catch (RejectedExecutionException stopped) {
      close();
    }
  }

  private void turn() {
    for (int i = 0; i < TURN; i++) {
      @Nullable String text;
      List<Backlog.Stream> stale = List.of();
      synchronized (this) {
        text = closed ? null : backlog.poll();
        if (text == null) {
          busy = false;
          stale = backlog.takeStale();
        } else {
          since = limits.nanos().getAsLong();
          calling = true;
          flying = true;
        }
      }
      if (text == null) {
        stale.forEach(stream -> ((Stream) stream).restate.run());
        return;
      }
      transport.send(text, this::sent);
      // Both containers may complete at once, within the call. Then the turn goes on here: sending
      // from within the completion would deepen the stack with each frame.
      synchronized (this) {
        calling = false;
        if (flying) {
          return;
        }
      }
    }
    start();
  }

  private void sent(boolean ok) {
    boolean lost;
    boolean inTurn;
    synchronized (this) {
      lost = !ok && !closed;
      inTurn = calling;
      flying = false;
      if (lost) {
        closeLocked();
      }
    }
    if (lost) {
      ends.lost();
    }
    if (!inTurn) {
      start();
    }
  }

  /** Closes the connection as slow if a frame has not left in time. Called now and then. */
  public void check(long now) {
    synchronized (this) {
      if (closed || !flying || now - since < limits.timeoutNanos()) {
        return;
      }
      closeLocked();
    }
    tellSlow();
  }

  /** Drops what waits and takes no more. */
  public synchronized void close() {
    closeLocked();
  }

  private void closeLocked() {
    closed = true;
    backlog.clear();
  }

  /** Returns the number of waiting frames. */
  public synchronized int size() {
    return backlog.size();
  }
}
