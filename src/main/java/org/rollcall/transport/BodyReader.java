package org.rollcall.transport;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request while it comes in. No thread waits for it.
 *
 * <p>When all of it is here, the request is dispatched again. A body that is refused is read and
 * dropped, as a client may read the answer only then. After the time-out the client gets its answer
 * and the connection ends: Undertow 2.3 would read the rest on a worker thread, however long that
 * takes.
 *
 * <p>Called by one thread of the container at a time, but for the time-out, which may come together
 * with the last part: the first of the two decides.
 */
final class BodyReader implements ReadListener, AsyncListener {
  private static final Logger LOG = System.getLogger(BodyReader.class.getName());
  private static final String ATTRIBUTE = BodyReader.class.getName();
  private static final int PART = 4096;

  private final AsyncContext context;
  private final ServletInputStream in;
  private final long most;
  private final Runnable end;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable BodyFault fault;

  private BodyReader(AsyncContext context, ServletInputStream in, long most, Runnable end) {
    this.context = context;
    this.in = in;
    this.most = most;
    this.end = end;
  }

  /**
   * Reads the body of a request up to a number of bytes.
   *
   * @param end run once when nothing more is read
   */
  static void read(HttpServletRequest request, long most, Duration timeout, Runnable end)
      throws IOException {
    begin(
        request,
        timeout,
        new BodyReader(request.startAsync(), request.getInputStream(), most, end));
  }

  /** Reads the body of a request that is refused. */
  static void refuse(HttpServletRequest request, BodyFault fault, Duration timeout)
      throws IOException {
    BodyReader reader = new BodyReader(request.startAsync(), request.getInputStream(), 0, () -> {});
    reader.fault = fault;
    begin(request, timeout, reader);
  }

  private static void begin(HttpServletRequest request, Duration timeout, BodyReader reader) {
    request.setAttribute(ATTRIBUTE, reader);
    reader.context.setTimeout(timeout.toMillis());
    reader.context.addListener(reader);
    reader.in.setReadListener(reader);
  }

  /** Returns the reader of a request that has been dispatched again, if it has one. */
  static Optional<BodyReader> of(HttpServletRequest request) {
    return Optional.ofNullable((BodyReader) request.getAttribute(ATTRIBUTE));
  }

  /** Returns why the request is refused, if it is. */
  Optional<BodyFault> fault() {
    return Optional.ofNullable(fault);
  }

  /** Returns the whole body. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] part = new byte[PART];
    // Undertow calls onAllDataRead only if it was asked whether there is more.
    while (in.isReady()) {
      int length = in.read(part);
      if (length < 0) {
        return;
      }
      if (bytes.size() + (long) length > most && fault == null) {
        fault = BodyFault.TOO_LONG;
        bytes.reset();
      }
      if (fault == null) {
        bytes.write(part, 0, length);
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (isFirst()) {
      try {
        context.dispatch();
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "A client closed its connection before its body was read", e);
      }
    }
  }

  private boolean isFirst() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      end.run();
    }
    return first;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    if (!isFirst()) {
      return;
    }
    BodyFault refused = fault == null ? BodyFault.LATE : fault;
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setHeader("Connection", "close");
    refused.answer(response);
    // Undertow ends the connection of a request that is answered and not completed by now. If it
    // were completed here, a worker thread would read the rest of the body.
  }

  @Override
  public void onError(Throwable failure) {
    if (isFirst()) {
      LOG.log(Level.DEBUG, "A body could not be read", failure);
      context.complete();
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    onError(event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) {
    boolean unused = isFirst();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Others may wait for something else after the body is there.
  }
}
