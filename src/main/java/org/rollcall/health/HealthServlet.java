package org.rollcall.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.rollcall.api.Problem;
import org.rollcall.api.ReadOnly;

/**
 * Answers {@code /health/live} and {@code /health/ready} as MicroProfile Health 4.0 has it, section
 * 3.2: 200 or 503, and {@code {"status":"UP","checks":[...]}}.
 *
 * <p>Open to everyone, as probes have no token; so it says nothing but words. Called on the
 * container's threads; no call blocks.
 */
@WebServlet(urlPatterns = "/health/*", asyncSupported = true)
public class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Health health;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // To the letter: two parsers may read parameters, escapes and dots in two ways.
    String root = request.getServletContext().getContextPath() + "/health";
    List<Check> checks;
    if (request.getRequestURI().equals(root + "/live")) {
      checks = health.live();
    } else if (request.getRequestURI().equals(root + "/ready")) {
      checks = health.ready();
    } else {
      Problem.write(response, 404, "expected /health/live or /health/ready");
      return;
    }
    if (ReadOnly.accepts(request, response)) {
      boolean up = checks.stream().allMatch(Check::up);
      response.setStatus(
          up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setContentType("application/json");
      ReadOnly.write(request, response, json(up, checks).getBytes(UTF_8));
    }
  }

  private static String json(boolean up, List<Check> checks) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (Check check : checks) {
      all.add(
          Json.createObjectBuilder()
              .add("name", check.name())
              .add("status", word(check.up()))
              .add("data", Json.createObjectBuilder().add("state", check.state())));
    }
    return Json.createObjectBuilder().add("status", word(up)).add("checks", all).build().toString();
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
