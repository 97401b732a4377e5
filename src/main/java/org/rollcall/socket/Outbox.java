package org.rollcall.socket;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.AfterTask;
import org.rollcall.protocol.CloseCode;

/**
 * The frames waiting to leave one connection.
 *
 * <p>Every writer goes through here, so frames keep their order: one thread at a time hands them to
 * the transport, a few before the first has left. The thread that queued the first frame does so
 * when its task is over ({@link AfterTask}); if the task has made many connections ready, the
 * connection's own thread does, or the executor; then the threads on which frames have left go on.
 * A connection that lets its {@link Backlog} fill loses the presence in it, and each of its streams
 * pushes one fresh state when the transport is free again; one that fills it again before it has
 * caught up, or whose frame does not leave in time, is closed as {@link CloseCode#SLOW}. So a
 * client that does not read costs a bounded amount of memory.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Outbox {
  /** How many sends a thread makes in a row before other connections get it. */
  private static final int TURN = 16;

  private final Transport transport;
  private final Executor executor;
  private final OutboxLimits limits;
  private final OutboxListener listener;
  private final Backlog backlog;
  private final FramesInFlight inFlight;

  /** Whether a thread is handing frames to the transport. */
  private boolean sending;

  /** The thread that will send at the end of its task, or the executor; null if none. */
  private @Nullable Object scheduled;

  private boolean closed;

  /** Creates an empty outbox. */
  public Outbox(
      Transport transport, Executor executor, OutboxLimits limits, OutboxListener listener) {
    this.transport = transport;
    this.executor = executor;
    this.limits = limits;
    this.listener = listener;
    this.backlog = new Backlog(limits.capacity(), limits.bytes());
    this.inFlight = new FramesInFlight(transport.mostInFlight());
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

    /** Queues a diff, or makes it part of one that waits. */
    public void push(WaitingDiff diff) {
      offer(() -> backlog.offerDiff(diff, this));
    }

    /** Queues a state, from which the stream goes on. */
    public void state(String text) {
      offer(() -> backlog.offerState(text, this));
    }

    /** Ends the stream: waiting frames are sent, but no state is requested any more. */
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

  private void offer(Supplier<Backlog.Outcome> offer) {
    boolean start = false;
    boolean slow = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      switch (offer.get()) {
        case QUEUED -> start = isLeftToThisThread();
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

  /**
   * Returns whether this thread has to see to the sending. One that another thread will send at the
   * end of its task does not count: the task may be long.
   */
  private boolean isLeftToThisThread() {
    if (sending
        || inFlight.isFull()
        || scheduled == executor
        || scheduled == Thread.currentThread()) {
      return false;
    }
    scheduled = Thread.currentThread();
    return true;
  }

  /** Has another thread send, because the caller of an offer may hold the lock of a topic. */
  private void tellSlow() {
    try {
      executor.execute(listener::slow);
    } catch (RejectedExecutionException stopped) {
      // The node closes all connections.
    }
  }

  private void start() {
    if (!AfterTask.putOff(this::turn, transport.thread())) {
      startLater();
    }
  }

  private void startLater() {
    synchronized (this) {
      scheduled = executor;
    }
    try {
      executor.execute(this::turn);
    } catch (RejectedExecutionException stopped) {
      close();
    }
  }

  /** Hands frames to the transport, unless another thread does. */
  private void turn() {
    for (int i = 0; i < TURN; i++) {
      @Nullable QueuedFrame frame;
      List<Backlog.Stream> stale;
      synchronized (this) {
        scheduled = null;
        if (i == 0 && sending) {
          return;
        }
        frame = next();
        sending = frame != null;
        stale = frame == null ? takeStale() : List.of();
      }
      if (frame == null) {
        stale.forEach(stream -> ((Stream) stream).restate.run());
        return;
      }
      // Both containers may complete at once, within the call: then the loop goes on.
      transport.send(frame.text(), this::sent);
    }
    synchronized (this) {
      sending = false;
    }
    startLater();
  }

  /** Takes the frame that may leave now, if there is one. */
  private @Nullable QueuedFrame next() {
    @Nullable QueuedFrame frame = closed || inFlight.isFull() ? null : backlog.poll();
    if (frame != null) {
      inFlight.begin(frame.size(), limits.nanos());
    }
    return frame;
  }

  /** Takes the streams that need a state, once the client has caught up. */
  private List<Backlog.Stream> takeStale() {
    return closed || !inFlight.isEmpty() || backlog.size() > 0 ? List.of() : backlog.takeStale();
  }

  /** Goes on with the next frames on the thread on which one has left. */
  private void sent(boolean ok) {
    boolean lost;
    boolean goOn;
    synchronized (this) {
      inFlight.end(limits.nanos());
      lost = !ok && !closed;
      if (lost) {
        closeLocked();
      }
      goOn = !sending && (backlog.size() > 0 || (inFlight.isEmpty() && backlog.isStrained()));
    }
    if (lost) {
      listener.lost();
    } else if (goOn) {
      turn();
    }
  }

  /** Closes the connection as slow if a frame has not left in time. Called now and then. */
  public void check(long now) {
    synchronized (this) {
      if (closed || !inFlight.isLate(now, limits.timeoutNanos())) {
        return;
      }
      closeLocked();
    }
    tellSlow();
  }

  /** Drops the waiting frames and takes no more. */
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
