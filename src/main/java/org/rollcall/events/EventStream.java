package org.rollcall.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.transport.AsyncResponseWriter;

/**
 * The events of one listener. Only the newest count of each topic waits. So a client that does not
 * read costs no more than one that reads, and gets the newest count once it reads again.
 *
 * <p>Counts come from any thread and go out on the executor's threads or the container's, on one at
 * a time. No call blocks.
 */
final class EventStream implements AsyncResponseWriter.Source {
  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  /** How many characters leave in one piece, or a little more. */
  private static final int PIECE = 4096;

  private final AsyncResponseWriter writer;
  private final Runnable ended;
  private final CountEvent event;
  private final AtomicReferenceArray<@Nullable Count> news;
  private volatile byte @Nullable [] next;
  private final EventTraffic traffic;

  /**
   * Creates a stream that sends nothing yet.
   *
   * @param event makes the texts
   * @param begin how it begins
   * @param ended is run once, when nothing can be sent any more
   */
  EventStream(
      AsyncContext context, Executor executor, CountEvent event, Begin begin, Runnable ended)
      throws IOException {
    this.event = event;
    this.news = new AtomicReferenceArray<>(begin.topics());
    this.next = begin.text().getBytes(UTF_8);
    this.traffic = begin.traffic();
    this.ended = ended;
    this.writer = new AsyncResponseWriter(context, executor, this);
  }

  /**
   * How a stream begins.
   *
   * @param topics how many topics the stream has
   * @param text what is written before all else
   * @param traffic counts what is written
   */
  record Begin(int topics, String text, EventTraffic traffic) {}

  /** Begins the stream: the container reports from now on when it can be written. */
  void begin() {
    writer.begin();
  }

  /** Returns the subscriber to the count of a topic. */
  CountSubscriber subscriber(int index) {
    return new CountSubscriber() {
      @Override
      public boolean isOpen() {
        return writer.isOpen();
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
    writer.signal();
  }

  /**
   * Writes a comment, which no reader of events sees. It keeps proxies from closing the connection,
   * and shows whether the client still reads.
   */
  void comment() {
    if (next == null) {
      next = COMMENT;
    }
    writer.signal();
  }

  /** Ends the stream, even if its client does not read. The client comes back by itself. */
  void end() {
    writer.end();
  }

  @Override
  public byte @Nullable [] next() {
    byte @Nullable [] piece = next;
    if (piece == null) {
      piece = counts();
    } else {
      next = null;
    }
    if (piece != null) {
      traffic.sent(piece.length);
    }
    return piece;
  }

  private byte @Nullable [] counts() {
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

  @Override
  public boolean isLast() {
    return false;
  }

  @Override
  public void timedOut() {
    // It is ended; there is nothing else to do.
  }

  @Override
  public void ended(boolean all) {
    ended.run();
  }
}
