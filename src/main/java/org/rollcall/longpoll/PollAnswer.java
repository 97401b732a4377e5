package org.rollcall.longpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.socket.Transport;
import org.rollcall.transport.AsyncResponseWriter;
import org.rollcall.transport.ConnectionThread;
import org.rollcall.transport.RequestConnection;

/**
 * A request that is answered later, while no thread of the container's waits, and without being
 * dispatched again, to which Payara answers 500 now and then.
 *
 * <p>An answer that is not read is given up after a time, and its connection ended. Answered by any
 * thread, written on the connection's or the container's, on one at a time; no call blocks.
 */
final class PollAnswer implements Poll, AsyncResponseWriter.Source {
  /** Longer than a poll or a refusal waits, and as long again for the client to read the answer. */
  private static final long TIMEOUT_MILLIS = 45_000;

  private static final int PIECE = 8192;

  private final AsyncContext context;
  private final Runnable abort;
  private final AsyncResponseWriter writer;
  private volatile byte @Nullable [] body;
  private volatile Transport.@Nullable Done done;
  private int at;

  PollAnswer(AsyncContext context, Executor executor, Runnable abort) throws IOException {
    this.context = context;
    this.abort = abort;
    this.writer = new AsyncResponseWriter(context, executor, this);
  }

  /**
   * Has a request wait for its answer.
   *
   * @param other runs tasks where a connection has no thread of its own
   */
  static PollAnswer begin(HttpServletRequest request, HttpServletResponse response, Executor other)
      throws IOException {
    Runnable abort = RequestConnection.abort(request);
    Executor executor = ConnectionThread.of(request, other);
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(TIMEOUT_MILLIS);
    return new PollAnswer(context, executor, abort).begin();
  }

  /** Begins the answer: the container reports from now on when it can be written. */
  PollAnswer begin() {
    writer.begin();
    return this;
  }

  @Override
  public void answer(String text, Transport.Done then) {
    done = then;
    body = text.getBytes(UTF_8);
    if (writer.isOpen()) {
      writer.signal();
    } else {
      // It may have ended before it knew whom to tell.
      ended(false);
    }
  }

  @Override
  public void abort() {
    abort.run();
    writer.abort();
  }

  @Override
  public byte @Nullable [] next() {
    byte @Nullable [] all = body;
    if (all == null) {
      return null;
    }
    if (at == 0) {
      context.getResponse().setContentLength(all.length);
    }
    int from = at;
    at = Math.min(from + PIECE, all.length);
    return Arrays.copyOfRange(all, from, at);
  }

  @Override
  public boolean isLast() {
    byte @Nullable [] all = body;
    return all != null && at == all.length;
  }

  @Override
  public void timedOut() {
    abort.run();
  }

  @Override
  public void ended(boolean all) {
    Transport.@Nullable Done then;
    synchronized (this) {
      then = done;
      done = null;
    }
    if (then != null) {
      then.sent(all);
    }
  }
}
