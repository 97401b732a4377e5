package org.rollcall.events;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.api.Problem;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;
import org.rollcall.count.Count;
import org.rollcall.identity.User;
import org.rollcall.identity.token.TokenVerifier;

/**
 * Answers {@code GET /api/counts/{topic}/events} and {@code GET /api/counts/events?topic=...}: a
 * count as the API has it, at once and after each change, as server-sent events.
 *
 * <p>A filter, as a servlet's address cannot end with something behind the topic. No thread waits
 * for a listener, nor writes to one that does not read: JAX-RS's own event sinks do. Called on the
 * container's threads.
 */
public class EventsFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  @Inject private transient Settings settings;
  @Inject private transient TokenVerifier verifier;
  @Inject private transient ConnectionLimiter limiter;
  @Inject private transient EventStreams streams;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!EventsRequest.isOne(request)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      requireReader(request, response);
      switch (request.getMethod()) {
        case "GET" -> listen(request, response);
        case "HEAD" -> {
          EventsRequest.read(request).requireCounts(settings);
          begin(response);
        }
        case "OPTIONS" -> options(request, response);
        default -> {
          response.setHeader("Allow", ALLOW);
          throw new EventsRequest.Wrong(
              EventRefusal.METHOD, "expected one of the methods " + ALLOW);
        }
      }
    } catch (EventsRequest.Wrong e) {
      streams.traffic().refused(e.refusal());
      Problem.write(response, e.refusal().status(), e.detail());
    }
  }

  /**
   * Lets pages of the allowed origins listen, and the server's own.
   *
   * @throws EventsRequest.Wrong 403 if it is another page's request: it would take a permit of its
   *     reader's address
   */
  private void requireReader(HttpServletRequest request, HttpServletResponse response)
      throws EventsRequest.Wrong {
    Origins origins = settings.web().origins();
    @Nullable String origin = request.getHeader("Origin");
    if (!origins.all()) {
      response.addHeader("Vary", "Origin");
    }
    origins
        .reader(origin)
        .ifPresent(reader -> response.setHeader("Access-Control-Allow-Origin", reader));
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    boolean hidden =
        origin == null && site != null && !site.equals("same-origin") && !site.equals("none");
    if (hidden || !origins.mayConnect(origin, request.getHeader("Host"))) {
      throw new EventsRequest.Wrong(
          EventRefusal.ORIGIN, "expected a page whose origin is in rollcall.origins");
    }
  }

  private static void options(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Allow", ALLOW);
    if (request.getHeader("Origin") != null) {
      response.setHeader("Access-Control-Allow-Methods", "GET");
      response.setHeader("Access-Control-Allow-Headers", "Authorization, Last-Event-ID");
      response.setHeader("Access-Control-Max-Age", "3600");
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private void listen(HttpServletRequest request, HttpServletResponse response)
      throws EventsRequest.Wrong, IOException {
    EventsRequest events = EventsRequest.read(request);
    events.requireCounts(settings);
    if (streams.isDraining()) {
      throw new EventsRequest.Wrong(
          EventRefusal.DRAINING, "this node is about to stop; others serve");
    }
    Optional<User> user = user(events, response);
    Listener listener = streams.admit(events, permit(address(request), user), user.isPresent());
    boolean begun = false;
    try {
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      begin(response);
      streams.begin(listener, events, kind(events, user), context);
      begun = true;
    } finally {
      if (!begun) {
        listener.leave();
      }
    }
  }

  private Optional<User> user(EventsRequest events, HttpServletResponse response)
      throws EventsRequest.Wrong {
    Optional<User> user = events.token().flatMap(verifier::verifyToConnect);
    boolean mayBeNobody =
        events.token().isEmpty() && (settings.tokens().anonymous() || !events.track());
    if (user.isEmpty() && !mayBeNobody) {
      response.setHeader("WWW-Authenticate", "Bearer");
      throw new EventsRequest.Wrong(EventRefusal.TOKEN, "expected a valid bearer token");
    }
    return user;
  }

  private static Count.Kind kind(EventsRequest events, Optional<User> user) {
    if (!events.track()) {
      return Count.Kind.NONE;
    }
    return user.isPresent() ? Count.Kind.USER : Count.Kind.VIEWER;
  }

  private ConnectionPermit permit(String address, Optional<User> user) throws EventsRequest.Wrong {
    if (!limiter.handshake(address)) {
      throw new EventsRequest.Wrong(
          EventRefusal.RATE,
          "expected fewer connects a second of one address (rollcall.limits.connects.address)");
    }
    return limiter
        .enter(address, user.map(User::id))
        .orElseThrow(
            () ->
                new EventsRequest.Wrong(
                    EventRefusal.CONNECTIONS,
                    "expected fewer connections of one address or user"
                        + " (rollcall.limits.connections)"));
  }

  private String address(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return settings.web().connections().trustedProxies().client(request.getRemoteAddr(), forwarded);
  }

  private static void begin(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-store, no-transform");
    // nginx holds answers back otherwise.
    response.setHeader("X-Accel-Buffering", "no");
  }
}
