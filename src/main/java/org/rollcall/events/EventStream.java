package org.rollcall.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;

/**
 * The events of one listener. Of each topic the newest count waits, and nothing else: a client that
 * does not read costs as much as one that does, and is told the newest count once it reads again.
 *
 * <p>Counts are told by any thread and go out on the executor's threads or the container's, on one
 * at a time. No call blocks.
 */
final class EventStream implements WriteListener, AsyncListener {
  private static final Logger LOG = System.getLogger(EventStream.class.getName());
  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  /** So many characters leave in one piece, or a little more. */
  private static final int PIECE = 4096;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Executor executor;
  private final Runnable ended;
  private final CountEvent event;
  private final AtomicReferenceArray<@Nullable Count> news;

  /** How many reasons to look for work there have been since the last look. */
  private final AtomicInteger signals = new AtomicInteger();

  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean begun;
  private volatile boolean ending;
  private volatile byte @Nullable [] next;
  private final EventTraffic traffic;
  private boolean unflushed;

  /**
   * Creates a stream that tells nothing yet.
   *
   * @param event makes the texts
   * @param begin how it begins
   * @param ended is run once, when nothing can be told any more
   */
  EventStream(
      AsyncContext context, Executor executor, CountEvent event, Begin begin, Runnable ended)
      throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.executor = executor;
    this.event = event;
    this.news = new AtomicReferenceArray<>(begin.topics());
    this.next = begin.text().getBytes(UTF_8);
    this.traffic = begin.traffic();
    this.ended = ended;
  }

  /**
   * How a stream begins.
   *
   * @param topics how many topics are told
   * @param text what is written before all else
   * @param traffic counts what is written
   */
  record Begin(int topics, String text, EventTraffic traffic) {}

  /** Begins: the container says from now on when something can be written. */
  void begin() {
    context.addListener(this);
    out.setWriteListener(this);
  }

  /** Returns the subscriber that is told the count of a topic. */
  CountSubscriber subscriber(int index) {
    return new CountSubscriber() {
      @Override
      public boolean isOpen() {
        return !over.get();
      }

      @Override
      public void onState(Count state) {
        tell(index, state);
      }

      @Override
      public void onDiff(Change change) {
        tell(index, change.to());
      }
    };
  }

  private void tell(int index, Count count) {
    news.set(index, count);
    signal();
  }

  /** Writes a comment, which nobody sees: it keeps proxies waiting, and finds out who has gone. */
  void comment() {
    if (next == null) {
      next = COMMENT;
    }
    signal();
  }

  /** Ends the stream: the client comes back by itself. */
  void end() {
    ending = true;
    signal();
  }

  private void signal() {
    if (begun && signals.getAndIncrement() == 0) {
      try {
        executor.execute(this::work);
      } catch (RejectedExecutionException stopped) {
        // The node has ended its streams.
      }
    }
  }

  @Override
  public void onWritePossible() {
    begun = true;
    if (signals.getAndIncrement() == 0) {
      work();
    }
  }

  /** Writes until there is nothing to write, or the container takes no more for now. */
  private void work() {
    int seen = signals.get();
    do {
      write();
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  private void write() {
    if (over.get()) {
      return;
    }
    try {
      while (out.isReady()) {
        byte @Nullable [] piece = piece();
        if (piece != null) {
          out.write(piece);
          traffic.sent(piece.length);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          out.flush();
        } else {
          break;
        }
      }
      if (ending) {
        complete();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.TRACE, "A listener has gone", e);
      complete();
    }
  }

  private byte @Nullable [] piece() {
    byte @Nullable [] first = next;
    if (first != null) {
      next = null;
      return first;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < news.length() && text.length() < PIECE; i++) {
      @Nullable Count count = news.getAndSet(i, null);
      @Nullable String told = count == null ? null : event.of(i, count);
      if (told != null) {
        text.append(told);
      }
    }
    return text.isEmpty() ? null : text.toString().getBytes(UTF_8);
  }

  private void complete() {
    if (over.compareAndSet(false, true)) {
      try {
        context.complete();
      } catch (RuntimeException e) {
        LOG.log(Level.TRACE, "The container has ended a stream already", e);
      } finally {
        ended.run();
      }
    }
  }

  private void gone() {
    if (over.compareAndSet(false, true)) {
      ended.run();
    }
  }

  @Override
  public void onError(Throwable failure) {
    complete();
  }

  @Override
  public void onComplete(AsyncEvent completed) {
    gone();
  }

  @Override
  public void onTimeout(AsyncEvent late) {
    complete();
  }

  @Override
  public void onError(AsyncEvent failed) {
    complete();
  }

  @Override
  public void onStartAsync(AsyncEvent again) {
    // Nobody starts it again.
  }
}
