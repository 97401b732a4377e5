package org.rollcall.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * The headers of pages and scripts: a strict content security policy (CSP Level 3), and
 * revalidation at each load, because their names carry no version. The browser client and the
 * widget, with their types, may be imported by any origin's pages: they hold nothing of anyone.
 */
public class PageHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> MODULES =
      Set.of("/presence.js", "/presence.d.ts", "/widget.js", "/widget.d.ts");
  private static final String POLICY = policy("'self'");

  /** The library that draws the API has its icons in its style sheet. */
  private static final String POLICY_OF_THE_API = policy("'self' data:");

  private static String policy(String images) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src "
        + images
        + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Returns whether a request is for the API's document, which is no page. */
  static boolean isDocument(HttpServletRequest request) {
    return request.getServletPath().equals("/openapi");
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isDocument(request)) {
      chain.doFilter(request, response);
      return;
    }
    set(response);
    String path = request.getServletPath();
    if (path.startsWith("/openapi/")) {
      response.setHeader("Content-Security-Policy", POLICY_OF_THE_API);
    }
    if (MODULES.contains(path) || path.startsWith("/client/")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
    chain.doFilter(request, response);
  }

  /** Sets the headers of a page. */
  static void set(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-cache");
  }
}
