package org.rollcall.transport;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Sets the headers of every answer but a handshake's: they forbid guessed types, frames, referrers
 * and the use of devices. Pages with a policy of their own set other values.
 *
 * <p>What pages of other origins are invited to embed, they may load: counts and the browser
 * client. Nothing else (Fetch standard, Cross-Origin-Resource-Policy).
 *
 * <p>Declared in {@code web.xml}, as the first filter: others answer without asking the next.
 */
public class SecurityHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private static final Set<String> FOR_EVERYONE =
      Set.of(
          "/api/counts",
          "/client/",
          "/presence.js",
          "/presence.d.ts",
          "/widget.js",
          "/widget.d.ts");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!path.equals(PhoenixEndpoint.ADDRESS)) {
      ALWAYS.forEach((name, value) -> set(response, name, value));
      boolean open = FOR_EVERYONE.stream().anyMatch(path::startsWith);
      set(response, "Cross-Origin-Resource-Policy", open ? "cross-origin" : "same-origin");
    }
    chain.doFilter(request, response);
  }

  /** Filters run in any order: a filter with a more exact header may have run before. */
  private static void set(HttpServletResponse response, String name, String value) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }
}
