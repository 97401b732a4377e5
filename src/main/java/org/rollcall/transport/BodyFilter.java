package org.rollcall.transport;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.BodySettings;
import org.rollcall.config.LimitSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.token.TokenVerifier;

/**
 * Reads the body of each request, at any address, before the request goes on, with a time-out and a
 * few at a time. Else a body that does not come would hold the thread that reads it, and Undertow
 * 2.3 reads each body to its end on a worker thread, even that of a refused request.
 *
 * <p>On WildFly no thread waits for a body: the request is dispatched again when it is here. Payara
 * 6 dispatches a request again without its request scope now and then, and not at all in HTTP/2. It
 * reads nothing that no servlet reads, and has 200 threads. So a body is read on the request's own
 * thread there, a part of the threads at most, and its connection is ended after the time-out.
 *
 * <p>A servlet finds the whole body in memory. {@code GET} and {@code HEAD} with a body are refused
 * at once; a handshake of a WebSocket is such a {@code GET}. This filter is declared in {@code
 * web.xml}, behind the filter that sets the headers of every answer.
 */
public class BodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** How long a refused request's body is read, so that the client reads the answer. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** An administrator's list: 100,000 ids of the greatest length. */
  private static final int LONGEST_LIST = 16 * 1024 * 1024;

  /** A hundred topics, each character escaped, with quotes and a comma. */
  private static final int TOPICS = 100;

  /** A third of the threads that Payara Micro has for requests. */
  private static final int MOST_THREADS = 64;

  /** Less than both servers read of a request at once. */
  private static final int SHORT = 4096;

  private static final int ESCAPED = 6;
  private static final int BESIDE = 16;
  private static final String BEARER = "bearer ";

  @Inject private transient Settings settings;
  @Inject private transient TokenVerifier verifier;
  private transient @Nullable BodyPermits permits;
  private transient @Nullable BodyPermits threads;
  private transient @Nullable ScheduledThreadPoolExecutor timer;

  @Override
  public void init() {
    BodySettings bodies = settings.web().bodies();
    permits = new BodyPermits(bodies.most(), bodies.perAddress());
    threads = new BodyPermits(Math.min(bodies.most(), MOST_THREADS), bodies.perAddress());
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "rollcall-body-deadline"));
    deadlines.setRemoveOnCancelPolicy(true);
    timer = deadlines;
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
    Optional<BodyReader> read = BodyReader.of(request);
    Optional<BodyFault> fault = read.flatMap(BodyReader::fault);
    if (fault.isPresent()) {
      fault.get().answer(response);
    } else if (read.isPresent()) {
      chain.doFilter(new BodyRequest(request, read.get().bytes()), response);
    } else if (!hasBody(request)) {
      chain.doFilter(request, response);
    } else if (isHere(request)) {
      BodyRequest.Address.keep(request);
      byte[] body = request.getInputStream().readNBytes((int) request.getContentLengthLong());
      chain.doFilter(new BodyRequest(request, body), response);
    } else if (GrizzlyConnection.isBeneath(request)) {
      readHere(request, response, chain);
    } else {
      read(request);
    }
  }

  private void read(HttpServletRequest request) throws IOException {
    if (isGet(request)) {
      BodyReader.refuse(request, BodyFault.UNEXPECTED, LINGER);
      return;
    }
    Optional<Runnable> permit = permit(request, permits);
    if (permit.isPresent()) {
      BodyRequest.Address.keep(request);
      Duration timeout = settings.web().bodies().timeout();
      BodyReader.read(request, longest(request), timeout, permit.get());
    } else {
      BodyReader.refuse(request, BodyFault.TOO_MANY, LINGER);
    }
  }

  /** Reads a body on this thread, of which Payara has 200, and lets the request go on. */
  private void readHere(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isGet(request)) {
      refuseHere(response, BodyFault.UNEXPECTED);
      return;
    }
    Optional<Runnable> permit = permit(request, threads);
    Optional<ScheduledThreadPoolExecutor> deadlines = Optional.ofNullable(timer);
    if (permit.isEmpty() || deadlines.isEmpty()) {
      refuseHere(response, BodyFault.TOO_MANY);
      return;
    }
    // Not in the task: the server uses the request's object again.
    Optional<GrizzlyConnection> connection = GrizzlyConnection.of(request);
    Future<?> deadline =
        deadlines
            .get()
            .schedule(
                () -> connection.ifPresent(GrizzlyConnection::abort),
                settings.web().bodies().timeout().toMillis(),
                TimeUnit.MILLISECONDS);
    int most = longest(request);
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(most + 1);
    } catch (IOException | CancelledKeyException gone) {
      // The connection has ended, by the client or by the deadline (Grizzly's selector then throws
      // the second, which the container would log with its stack): nobody reads an answer.
      response.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
      response.setContentLength(0);
      return;
    } finally {
      deadline.cancel(false);
      permit.get().run();
    }
    if (body.length > most) {
      refuseHere(response, BodyFault.TOO_LONG);
    } else {
      BodyRequest.Address.keep(request);
      chain.doFilter(new BodyRequest(request, body), response);
    }
  }

  /** Refuses a request on Payara, whose connection ends, as its body is not read. */
  private static void refuseHere(HttpServletResponse response, BodyFault fault) throws IOException {
    response.setHeader("Connection", "close");
    fault.answer(response);
  }

  private Optional<Runnable> permit(HttpServletRequest request, @Nullable BodyPermits from) {
    Optional<Runnable> permit = from == null ? Optional.empty() : from.acquire(address(request));
    if (permit.isEmpty()) {
      BodySettings bodies = settings.web().bodies();
      BodyFault.TOO_MANY.log(
          () ->
              "more than %d bodies of its address or %d of all are on their way (%s, %s)"
                  .formatted(
                      bodies.perAddress(),
                      bodies.most(),
                      BodySettings.PER_ADDRESS,
                      BodySettings.MOST));
    }
    return permit;
  }

  private static boolean hasBody(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    return request.getHeader("Transfer-Encoding") != null
        || (request.getProtocol().startsWith("HTTP/2") && mayBeOpen(request));
  }

  /** Returns whether a body may follow in HTTP/2, where no header announces it. */
  private static boolean mayBeOpen(HttpServletRequest request) throws IOException {
    return GrizzlyConnection.isBeneath(request)
        ? !isGet(request)
        : isOpen(request.getInputStream());
  }

  /** Returns whether a short body has come with its head, so that no thread waits for it. */
  private static boolean isHere(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    return length > 0
        && length <= SHORT
        && !isGet(request)
        && request.getInputStream().available() >= length;
  }

  private static boolean isGet(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static boolean isOpen(ServletInputStream in) throws IOException {
    return in.available() > 0 || !in.isFinished();
  }

  private int longest(HttpServletRequest request) {
    if (request.getMethod().equals("PUT") && isAdmin(request)) {
      return LONGEST_LIST;
    }
    LimitSettings.Lengths lengths = settings.channels().limits().lengths();
    return Math.max(lengths.frame(), TOPICS * (lengths.topic() * ESCAPED + BESIDE));
  }

  private boolean isAdmin(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return verifier
          .verify(header.substring(BEARER.length()).strip())
          .filter(User::isAdmin)
          .isPresent();
    }
    return request.isUserInRole(User.ADMIN);
  }

  private String address(HttpServletRequest request) {
    return settings
        .web()
        .connections()
        .trustedProxies()
        .client(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }
}
