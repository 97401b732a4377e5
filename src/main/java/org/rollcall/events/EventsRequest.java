package org.rollcall.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Settings;
import org.rollcall.identity.TextRules;
import org.rollcall.transport.RequestQuery;

/**
 * A request for events: the topics, and the counts that the client shows.
 *
 * @param topics the counts' topics, each once, in the order of the request; not checked
 * @param track whether the listener is counted
 * @param token the bearer token, of the header or of the address: a browser's EventSource sends no
 *     header
 * @param lastEventId the id of the last event that the client has had from an earlier stream
 */
record EventsRequest(
    List<String> topics, boolean track, Optional<String> token, String lastEventId) {
  static final int MOST_TOPICS = 100;

  private static final String COUNTS = "/api/counts/";
  private static final String EVENTS = "events";
  private static final String BEARER = "bearer ";

  /** A request that is refused; the detail says what was expected. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final EventRefusal refusal;
    private final String detail;

    Wrong(EventRefusal refusal, String detail) {
      super(detail);
      this.refusal = refusal;
      this.detail = detail;
    }

    /** Returns what was expected. */
    String detail() {
      return detail;
    }

    /** Returns why. */
    EventRefusal refusal() {
      return refusal;
    }
  }

  /** Returns whether a request's address is one of events. */
  static boolean isOne(HttpServletRequest request) {
    String path = path(request);
    return path.startsWith(COUNTS)
        && (path.equals(COUNTS + EVENTS) || isOfOneTopic(path.substring(COUNTS.length())));
  }

  private static boolean isOfOneTopic(String rest) {
    int slash = rest.indexOf('/');
    return slash > 0 && rest.substring(slash + 1).equals(EVENTS);
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  /** Reads a request whose address {@linkplain #isOne is one of events}. */
  static EventsRequest read(HttpServletRequest request) throws Wrong {
    @Nullable String track = RequestQuery.first(request, "track");
    if (track != null && !track.equals("true") && !track.equals("false")) {
      throw new Wrong(EventRefusal.INVALID, "expected the parameter track to be true or false");
    }
    return new EventsRequest(
        topics(request),
        "true".equals(track),
        token(request),
        Optional.ofNullable(request.getHeader("Last-Event-ID"))
            .or(() -> Optional.ofNullable(RequestQuery.first(request, "lastEventId")))
            .orElse(""));
  }

  private static List<String> topics(HttpServletRequest request) throws Wrong {
    String rest = path(request).substring(COUNTS.length());
    int slash = rest.indexOf('/');
    if (slash > 0) {
      // In a path a plus is a plus.
      String escaped = rest.substring(0, slash).replace("+", "%2B");
      return List.of(URLDecoder.decode(escaped, UTF_8));
    }
    Set<String> topics = new LinkedHashSet<>(RequestQuery.values(request, "topic"));
    if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
      throw new Wrong(
          EventRefusal.INVALID,
          "expected 1 to " + MOST_TOPICS + " parameters topic, but got " + topics.size());
    }
    return List.copyOf(topics);
  }

  private static Optional<String> token(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    if (header != null) {
      boolean bearer = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
      return Optional.of(bearer ? header.substring(BEARER.length()).strip() : "");
    }
    return Optional.ofNullable(RequestQuery.first(request, "token"))
        .filter(token -> !token.isEmpty());
  }

  /**
   * Checks that each topic is a count's.
   *
   * @throws Wrong for the first one that is not
   */
  void requireCounts(Settings settings) throws Wrong {
    int longest = settings.channels().limits().lengths().topic();
    for (String topic : topics) {
      if (!TextRules.isTopic(topic, longest) || !settings.channels().isCount(topic)) {
        throw new Wrong(EventRefusal.NO_COUNT, "this is not the topic of a count");
      }
    }
  }
}
