package org.rollcall.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.rollcall.api.CallerVerifier;
import org.rollcall.api.Problem;
import org.rollcall.api.ReadOnly;
import org.rollcall.config.MetricsReaders;
import org.rollcall.config.Settings;

/**
 * Answers {@code /metrics} in Prometheus's text format, or in OpenMetrics to readers that ask for
 * it, if the caller may read it. Called on the container's threads.
 */
@WebServlet(
    urlPatterns = {"/metrics", "/metrics/*"},
    asyncSupported = true)
public class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient CallerVerifier callers;
  @Inject private transient Meters meters;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // To the letter: two parsers may read parameters, escapes and dots in two ways.
    String address = request.getServletContext().getContextPath() + "/metrics";
    if (!request.getRequestURI().equals(address)) {
      Problem.write(response, 404, "expected /metrics");
    } else if (ReadOnly.accepts(request, response) && mayRead(request, response)) {
      String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
      Meters.Page page = meters.read(accept);
      response.setContentType(page.type());
      ReadOnly.write(request, response, page.text().getBytes(UTF_8));
    }
  }

  private boolean mayRead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MetricsReaders readers = settings.web().metrics();
    if (readers == MetricsReaders.ADMIN) {
      return isAdmin(request, response);
    }
    boolean may = readers == MetricsReaders.PUBLIC || LocalRequest.isOne(request);
    if (!may) {
      Problem.write(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "expected a request of this machine itself (" + MetricsReaders.NAME + ")");
    }
    return may;
  }

  private boolean isAdmin(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Boolean> admin = callers.isAdmin(request.getHeader("Authorization"));
    if (admin.isEmpty()) {
      response.setHeader("WWW-Authenticate", "Bearer");
      Problem.write(response, HttpServletResponse.SC_UNAUTHORIZED, "expected a valid bearer token");
    } else if (!admin.get()) {
      Problem.write(
          response, HttpServletResponse.SC_FORBIDDEN, "expected the group rollcall-admin");
    }
    return admin.orElse(false);
  }
}
