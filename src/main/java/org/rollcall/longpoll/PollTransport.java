package org.rollcall.longpoll;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.socket.Transport;

/**
 * The transport of a client that polls. Frames gather here until a request takes them, or until
 * there are so many that the outbox waits, as for a WebSocket that is full.
 *
 * <p>One request waits at a time: a second one ends the first. A client that does not ask again
 * within {@link #WINDOW} counts as lost, as if its connection had been cut.
 *
 * <p>Safe for many threads; no call blocks. Requests are answered with no lock held.
 */
final class PollTransport implements Transport {
  /** How long a request waits for a frame. */
  static final Duration POLL = Duration.ofSeconds(10);

  /** How long a client may take to send its next poll. */
  static final Duration WINDOW = Duration.ofSeconds(15);

  /** Frames that are sent within this time leave in one answer. */
  private static final Duration GATHERING = Duration.ofMillis(10);

  private static final Done UNHEARD = ok -> {};

  private final String token;
  private final NodeExecutors executors;
  private final Runnable ended;
  private final PollFrames frames = new PollFrames();
  private @Nullable Done held;
  private @Nullable Poll waiting;
  private @Nullable Poll flying;
  private boolean gathering;
  private boolean closed;
  private @Nullable Runnable over;
  private long since;

  /**
   * Creates a transport without a request.
   *
   * @param ended is run once, when no request can find it any more
   */
  PollTransport(String token, NodeExecutors executors, Runnable ended) {
    this.token = token;
    this.executors = executors;
    this.ended = ended;
    this.since = now();
  }

  private long now() {
    return executors.nanos().getAsLong();
  }

  /** Returns whether frames no longer travel. */
  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public Kind kind() {
    return Kind.LONGPOLL;
  }

  /**
   * Has a request wait for frames, and answers the one that waited before. Returns whether the
   * transport is open.
   */
  boolean attach(Poll poll) {
    @Nullable Poll other;
    synchronized (this) {
      if (closed) {
        return false;
      }
      other = waiting;
      waiting = poll;
      since = now();
    }
    answerEmpty(other);
    flush();
    return true;
  }

  private void answerEmpty(@Nullable Poll poll) {
    if (poll != null) {
      poll.answer(PollBody.of(PollBody.NO_CONTENT, token), UNHEARD);
    }
  }

  @Override
  public void send(String text, Done done) {
    boolean room;
    boolean gather;
    boolean lost;
    synchronized (this) {
      lost = closed;
      room = !lost && frames.add(text);
      held = room || lost ? held : done;
      gather = !lost && waiting != null && !gathering;
      gathering |= gather;
    }
    if (gather) {
      executors.scheduler().run(this::gathered, GATHERING);
    }
    if (room || lost) {
      done.sent(room);
    }
  }

  private void gathered() {
    try {
      executors.fanOut().execute(this::flush);
    } catch (RejectedExecutionException stopped) {
      // The node closes all connections.
    }
  }

  /** Answers the request that waits, if there are frames. */
  private void flush() {
    Poll poll;
    List<String> leaving;
    @Nullable Done room;
    synchronized (this) {
      gathering = false;
      if (waiting == null || flying != null || frames.isEmpty()) {
        return;
      }
      poll = waiting;
      leaving = frames.take();
      room = held;
      waiting = null;
      flying = poll;
      held = null;
    }
    poll.answer(PollBody.of(PollBody.OK, token, leaving), this::answered);
    if (room != null) {
      room.sent(true);
    }
  }

  /** Called when the answer with the frames has left, or could not be sent. */
  private void answered(boolean ok) {
    @Nullable Runnable then;
    synchronized (this) {
      flying = null;
      since = now();
      frames.landed(ok || closed);
      then = takeOver();
    }
    if (then != null) {
      then.run();
    }
    flush();
  }

  private @Nullable Runnable takeOver() {
    if (!closed || flying != null) {
      return null;
    }
    Runnable then = over;
    over = null;
    return then;
  }

  /**
   * Answers a request that has waited for a long time. Returns whether the client polls no more.
   */
  boolean check(long now) {
    @Nullable Poll late = null;
    boolean silent;
    synchronized (this) {
      if (waiting != null && now - since >= POLL.toNanos()) {
        late = waiting;
        waiting = null;
        since = now;
      }
      silent = waiting == null && flying == null && now - since >= WINDOW.toNanos();
    }
    answerEmpty(late);
    return silent;
  }

  /** Answers the request that waits. Its client polls again, and so shows that it is alive. */
  @Override
  public void ping() {
    @Nullable Poll poll;
    synchronized (this) {
      poll = waiting;
      waiting = null;
      since = poll == null ? since : now();
    }
    answerEmpty(poll);
  }

  @Override
  public void close(CloseCode code) {
    @Nullable Poll poll;
    @Nullable Done room;
    @Nullable Runnable then;
    synchronized (this) {
      closed = true;
      poll = waiting;
      room = held;
      waiting = null;
      held = null;
      frames.clear();
      then = takeOver();
    }
    ended.run();
    if (poll != null) {
      poll.answer(PollBody.of(PollBody.GONE, SessionToken.NONE), UNHEARD);
    }
    if (room != null) {
      room.sent(false);
    }
    if (then != null) {
      then.run();
    }
  }

  @Override
  public void abort() {
    @Nullable Poll poll;
    synchronized (this) {
      poll = flying;
    }
    if (poll != null) {
      poll.abort();
    }
  }

  @Override
  public void whenOver(Runnable then) {
    @Nullable Runnable now;
    synchronized (this) {
      over = then;
      now = takeOver();
    }
    if (now != null) {
      now.run();
    }
  }
}
