package org.rollcall.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet outside of JAX-RS that takes only {@code GET} and {@code HEAD}, and whose answer no
 * cache may keep.
 */
public final class ReadOnly {
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  private ReadOnly() {}

  /**
   * Returns whether a request reads; answers it if it does not: {@code OPTIONS} with what it may
   * do, all else with 405.
   */
  public static boolean accepts(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> {
        return true;
      }
      case "OPTIONS" -> {
        response.setHeader("Allow", ALLOW);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      }
      default -> {
        response.setHeader("Allow", ALLOW);
        Problem.write(response, 405, "expected one of the methods " + ALLOW);
      }
    }
    return false;
  }

  /** Writes an answer, to {@code HEAD} without its body. */
  public static void write(HttpServletRequest request, HttpServletResponse response, byte[] body)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
