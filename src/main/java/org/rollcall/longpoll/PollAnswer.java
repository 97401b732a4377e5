package org.rollcall.longpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.channel.Wire;
import org.rollcall.transport.ConnectionThread;
import org.rollcall.transport.RequestConnection;

/**
 * A request that is answered later, while no thread of the container's waits, and without being
 * dispatched again, to which Payara answers 500 now and then.
 *
 * <p>An answer that is not read is given up after a time, and its connection ended. Answered by any
 * thread, written on the connection's or the container's, on one at a time; no call blocks.
 */
final class PollAnswer implements Poll, WriteListener, AsyncListener {
  private static final Logger LOG = System.getLogger(PollAnswer.class.getName());

  /**
   * Longer than a poll waits, or a refusal at most, and so long again for the answer to be read.
   */
  private static final long TIMEOUT_MILLIS = 45_000;

  private static final int PIECE = 8192;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Executor executor;
  private final Runnable abort;

  /** How many reasons to look for work there have been since the last look. */
  private final AtomicInteger signals = new AtomicInteger();

  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean begun;
  private volatile byte @Nullable [] body;
  private volatile Wire.@Nullable Done done;
  private int at;

  private PollAnswer(AsyncContext context, Executor executor, Runnable abort) throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.executor = executor;
    this.abort = abort;
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
    PollAnswer answer = new PollAnswer(context, executor, abort);
    context.addListener(answer);
    answer.out.setWriteListener(answer);
    return answer;
  }

  @Override
  public void answer(String text, Wire.Done then) {
    done = then;
    body = text.getBytes(UTF_8);
    if (over.get()) {
      // It may have ended before it knew whom to tell.
      tell(false);
    } else {
      signal();
    }
  }

  private void tell(boolean ok) {
    Wire.@Nullable Done then;
    synchronized (this) {
      then = done;
      done = null;
    }
    if (then != null) {
      then.sent(ok);
    }
  }

  @Override
  public void abort() {
    abort.run();
    finish(false);
  }

  private void signal() {
    if (begun && signals.getAndIncrement() == 0) {
      try {
        executor.execute(this::work);
      } catch (RejectedExecutionException stopped) {
        finish(false);
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

  /** Writes until all is written, or the container takes no more for now. */
  private void work() {
    int seen = signals.get();
    do {
      write();
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  private void write() {
    byte @Nullable [] all = body;
    if (all == null || over.get()) {
      return;
    }
    try {
      while (out.isReady()) {
        if (at == 0) {
          context.getResponse().setContentLength(all.length);
        }
        int length = Math.min(PIECE, all.length - at);
        out.write(all, at, length);
        at += length;
        if (at == all.length) {
          finish(true);
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.TRACE, "A client has gone", e);
      finish(false);
    }
  }

  private void finish(boolean ok) {
    if (over.compareAndSet(false, true)) {
      try {
        context.complete();
      } catch (RuntimeException e) {
        LOG.log(Level.TRACE, "The container has ended a request already", e);
      } finally {
        tell(ok);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    finish(false);
  }

  @Override
  public void onComplete(AsyncEvent completed) {
    if (over.compareAndSet(false, true)) {
      tell(false);
    }
  }

  @Override
  public void onTimeout(AsyncEvent late) {
    abort();
  }

  @Override
  public void onError(AsyncEvent failed) {
    finish(false);
  }

  @Override
  public void onStartAsync(AsyncEvent again) {
    // Nobody starts it again.
  }
}
