package org.rollcall.longpoll;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Origins;

/**
 * The page that a request comes from, as its browser says, and whether it may read the answer
 * (Fetch standard, CORS protocol). A page never needs the cookies of this server for it.
 *
 * @param request what came
 * @param origins the pages that may connect
 */
record PollPage(HttpServletRequest request, Origins origins) {
  private static final Pattern HEADERS = Pattern.compile("[A-Za-z0-9-]+(, ?[A-Za-z0-9-]+){0,20}");

  private @Nullable String origin() {
    return request.getHeader("Origin");
  }

  /** Returns whether the page may connect, or the request comes from no page. */
  boolean isWelcome() {
    return !isHidden() && origins.mayConnect(origin(), request.getHeader("Host"));
  }

  /**
   * Returns whether it is another site's page that does not say its origin: an image, for instance,
   * would take a permit of its reader's address.
   */
  boolean isHidden() {
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    return origin() == null && site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /** Writes into an answer which page may read it. */
  void answer(HttpServletResponse response) {
    if (!origins.all()) {
      response.addHeader("Vary", "Origin");
    }
    origins
        .reader(origin())
        .ifPresent(reader -> response.setHeader("Access-Control-Allow-Origin", reader));
  }

  /** Answers the preflight request that a browser sends before a page's request. */
  void answerPreflight(HttpServletResponse response) {
    if (response.containsHeader("Access-Control-Allow-Origin")) {
      @Nullable String wanted = request.getHeader("Access-Control-Request-Headers");
      if (wanted != null && HEADERS.matcher(wanted).matches()) {
        response.setHeader("Access-Control-Allow-Headers", wanted);
      }
      response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
      response.setHeader("Access-Control-Max-Age", "3600");
    }
    response.setHeader("Allow", "GET, POST, OPTIONS");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
