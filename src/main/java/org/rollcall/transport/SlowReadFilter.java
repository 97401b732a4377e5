package org.rollcall.transport;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory that a client that does not read its answers holds on Payara 6, at any address:
 * see {@link SlowReads}. Undertow keeps a buffer or two, and reads no request before the answer to
 * the one before has left. HTTP/2 has windows of its own for answers, and many at a time on a
 * connection.
 *
 * <p>Called on the container's threads, which do not wait here; a thread of its own looks for
 * connections that are stuck, every second. Declared in {@code web.xml}, before the filter that
 * reads bodies.
 */
public class SlowReadFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String MANY_AT_A_TIME = "HTTP/2";

  private final transient SlowReads reads = new SlowReads();
  private transient @Nullable ScheduledThreadPoolExecutor timer;

  @Override
  public void init() {
    ScheduledThreadPoolExecutor seconds =
        new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "rollcall-slow-reads"));
    Future<?> unused =
        seconds.scheduleWithFixedDelay(
            () -> reads.check(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    timer = seconds;
  }

  @Override
  public void destroy() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isAdmitted(request)) {
      chain.doFilter(request, response);
    }
  }

  private boolean isAdmitted(HttpServletRequest request) {
    if (!GrizzlyConnection.isBeneath(request) || request.getProtocol().startsWith(MANY_AT_A_TIME)) {
      return true;
    }
    Optional<GrizzlyConnection> connection = GrizzlyConnection.of(request);
    return connection.isEmpty() || reads.admits(connection.get());
  }
}
