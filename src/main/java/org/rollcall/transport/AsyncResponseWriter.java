package org.rollcall.transport;

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
import org.jspecify.annotations.Nullable;

/**
 * Writes the response of an asynchronous request, piece by piece, whenever there is a piece and the
 * container takes it (Servlet 6.0, 5.7: non-blocking I/O). It keeps nothing: a client that does not
 * read costs the data of its source, one piece, and the data that the container has taken, which
 * {@link SlowReads} limits.
 *
 * <p>Any thread may call any method, and no call blocks. The source is asked on the executor's
 * threads or the container's, by one at a time.
 */
public final class AsyncResponseWriter {
  private static final Logger LOG = System.getLogger(AsyncResponseWriter.class.getName());

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Executor executor;
  private final Source source;

  /** How many requests to look for pieces there were since the last look. */
  private final AtomicInteger signals = new AtomicInteger();

  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean begun;
  private volatile boolean ending;
  private boolean unflushed;

  /** The pieces of a response. */
  public interface Source {
    /** Returns the next piece; nothing if there is none now. */
    byte @Nullable [] next();

    /** Returns whether the previous piece was the last one. */
    boolean isLast();

    /** Called when the request has lasted for as long as it may. */
    void timedOut();

    /**
     * Called once, by any thread, when nothing can be written any more.
     *
     * @param all whether the container took the last piece
     */
    void ended(boolean all);
  }

  /**
   * Creates a writer that writes nothing before {@link #begin}.
   *
   * @param executor is where pieces are written, unless the container calls by itself
   */
  public AsyncResponseWriter(AsyncContext context, Executor executor, Source source)
      throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.executor = executor;
    this.source = source;
  }

  /** Begins the response: the container reports from now on when it can be written. */
  public void begin() {
    context.addListener(new Ends());
    out.setWriteListener(new Writes());
  }

  /** Returns whether the response can still be written. */
  public boolean isOpen() {
    return !over.get();
  }

  /** Requests pieces from the source soon. */
  public void signal() {
    if (begun && signals.getAndIncrement() == 0) {
      try {
        executor.execute(this::work);
      } catch (RejectedExecutionException stopped) {
        end(false);
      }
    }
  }

  /** Ends the response soon. Only the pieces that the container takes now are written before. */
  public void end() {
    ending = true;
    signal();
  }

  /** Ends the response at once. */
  public void abort() {
    end(false);
  }

  private void work() {
    int seen = signals.get();
    do {
      write();
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Writes until there is no piece, or the container takes no more for now. */
  private void write() {
    try {
      while (!over.get() && out.isReady() && step()) {
        // Each step has written a piece, or has flushed what was written.
      }
      if (ending) {
        end(false);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.TRACE, "A client has closed its connection", e);
      end(false);
    }
  }

  private boolean step() throws IOException {
    byte @Nullable [] piece = source.next();
    if (piece == null) {
      boolean flush = unflushed;
      unflushed = false;
      if (flush) {
        out.flush();
      }
      return flush;
    }
    out.write(piece);
    unflushed = true;
    if (source.isLast()) {
      end(true);
    }
    return true;
  }

  private void end(boolean all) {
    if (over.compareAndSet(false, true)) {
      try {
        context.complete();
      } catch (RuntimeException e) {
        LOG.log(Level.TRACE, "The container has ended a request already", e);
      } finally {
        source.ended(all);
      }
    }
  }

  private final class Writes implements WriteListener {
    @Override
    public void onWritePossible() {
      begun = true;
      if (signals.getAndIncrement() == 0) {
        work();
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(false);
    }
  }

  private final class Ends implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent completed) {
      if (over.compareAndSet(false, true)) {
        source.ended(false);
      }
    }

    @Override
    public void onTimeout(AsyncEvent late) {
      source.timedOut();
      end(false);
    }

    @Override
    public void onError(AsyncEvent failed) {
      end(false);
    }

    @Override
    public void onStartAsync(AsyncEvent again) {
      // Nobody starts it again.
    }
  }
}
