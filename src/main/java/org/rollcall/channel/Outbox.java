package org.rollcall.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;

/**
 * The frames waiting to leave one connection.
 *
 * <p>A WebSocket session sends one frame at a time, so every writer goes through here: the first
 * takes the wire and the others queue behind it. A connection that lets {@code capacity} frames
 * pile up loses its backlog of presence, and each of its streams pushes one fresh state when the
 * wire is free again; one that piles up again before it has caught up, or whose frame does not
 * leave in time, is closed as {@link CloseCode#SLOW}. So a client that does not read costs at most
 * {@code capacity} frames.
 *
 * <p>Safe for many threads; no call blocks. Frames are sent on the executor's threads.
 */
public final class Outbox {
  /** Sends in a row before other connections get the thread. */
  private static final int TURN = 16;

  private record Item(String text, @Nullable Stream stream) {}

  private final Wire wire;
  private final Executor executor;
  private final Limits limits;
  private final Runnable slow;
  private final ArrayDeque<Item> queue = new ArrayDeque<>(2);
  private final Set<Stream> stale = new LinkedHashSet<>(2);
  private boolean busy;
  private boolean calling;
  private boolean completed;
  private boolean strained;
  private boolean closed;
  private long since;

  /**
   * How much may wait, and how long.
   *
   * @param capacity the most frames in the queue
   * @param timeoutNanos the longest time for one frame to leave
   * @param nanos the clock
   */
  public record Limits(int capacity, long timeoutNanos, LongSupplier nanos) {}

  /**
   * Creates an empty outbox.
   *
   * @param slow is called once, by any thread and with no lock held, when the client is too slow
   */
  public Outbox(Wire wire, Executor executor, Limits limits, Runnable slow) {
    this.wire = wire;
    this.executor = executor;
    this.limits = limits;
    this.slow = slow;
  }

  /**
   * The frames of one channel that a fresh state can replace: states and diffs.
   *
   * <p>A stale stream has lost frames: what is pushed is dropped until the next state.
   */
  public final class Stream {
    private final Runnable restate;
    private boolean lost;

    private Stream(Runnable restate) {
      this.restate = restate;
    }

    /** Queues a diff, unless the stream is stale. */
    public void push(String text) {
      offer(new Item(text, this), false);
    }

    /** Queues a state, from which the stream goes on. */
    public void state(String text) {
      offer(new Item(text, this), true);
    }

    /** Gives the stream up: what waits is sent, but no state is asked for any more. */
    public void end() {
      synchronized (Outbox.this) {
        stale.remove(this);
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
    offer(new Item(text, null), false);
  }

  private void offer(Item item, boolean state) {
    boolean tooSlow = false;
    synchronized (this) {
      if (closed || isDropped(item.stream(), state)) {
        return;
      }
      if (queue.size() >= limits.capacity()) {
        tooSlow = strained || !dropBacklog();
        strained = true;
        if (!tooSlow && item.stream() != null) {
          stale(item.stream());
          return;
        }
      }
      if (tooSlow) {
        closeLocked();
      } else {
        queue.add(item);
        if (busy) {
          return;
        }
        busy = true;
      }
    }
    if (tooSlow) {
      slow.run();
    } else {
      start();
    }
  }

  private boolean isDropped(@Nullable Stream stream, boolean state) {
    if (stream == null || !stream.lost) {
      return false;
    }
    stream.lost = !state;
    return !state;
  }

  /** Drops all frames of streams. Tells whether that made room. */
  private boolean dropBacklog() {
    queue.removeIf(
        item -> {
          if (item.stream() != null) {
            stale(item.stream());
          }
          return item.stream() != null;
        });
    return queue.size() < limits.capacity();
  }

  private void stale(Stream stream) {
    stream.lost = true;
    stale.add(stream);
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
      Item item;
      List<Stream> restate = List.of();
      synchronized (this) {
        item = closed ? null : queue.poll();
        if (item == null) {
          busy = false;
          if (stale.isEmpty()) {
            strained = false;
          } else {
            restate = new ArrayList<>(stale);
            stale.clear();
          }
        } else {
          since = limits.nanos().getAsLong();
          calling = true;
          completed = false;
        }
      }
      if (item == null) {
        restate.forEach(stream -> stream.restate.run());
        return;
      }
      wire.send(item.text(), this::sent);
      synchronized (this) {
        calling = false;
        if (!completed) {
          // The container will call when the frame has left.
          return;
        }
      }
    }
    start();
  }

  private void sent(boolean ok) {
    synchronized (this) {
      completed = true;
      if (!ok) {
        closeLocked();
      }
      if (calling) {
        // The turn goes on by itself: a container that completes at once must not deepen the stack.
        return;
      }
    }
    start();
  }

  /** Closes the connection as slow if a frame has not left in time. Called now and then. */
  public void check(long now) {
    synchronized (this) {
      if (closed || !busy || calling || completed || now - since < limits.timeoutNanos()) {
        return;
      }
      closeLocked();
    }
    slow.run();
  }

  /** Drops what waits and takes no more. */
  public synchronized void close() {
    closeLocked();
  }

  private void closeLocked() {
    closed = true;
    queue.clear();
    stale.clear();
  }

  /** Returns the number of waiting frames. */
  public synchronized int size() {
    return queue.size();
  }
}
