package org.rollcall.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /openapi} with the {@linkplain OpenApiDocument description} of the API: as JSON or
 * YAML, by the parameter {@code format}, else by the header {@code Accept}. Caches may keep it, and
 * ask whether it is still the same. Called on the container's threads; no call blocks.
 */
@WebServlet(urlPatterns = "/openapi", asyncSupported = true)
public class OpenApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int TAG_BYTES = 8;

  private final transient Map<OpenApiFormat, Answer> answers = new EnumMap<>(OpenApiFormat.class);

  /** An answer in one format. */
  private static final class Answer {
    final byte[] body;
    final String tag;

    Answer(String text) {
      body = text.getBytes(UTF_8);
      tag = tag(body);
    }

    private static String tag(byte[] body) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
        return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has SHA-256", e);
      }
    }
  }

  @Override
  public void init() {
    JsonObject document = OpenApiDocument.at(getServletContext().getContextPath());
    answers.put(OpenApiFormat.JSON, new Answer(document.toString()));
    answers.put(OpenApiFormat.YAML, new Answer(Yaml.of(document)));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // To the letter: two parsers may read parameters, escapes and dots in two ways.
    String address = request.getServletContext().getContextPath() + "/openapi";
    if (!request.getRequestURI().equals(address)) {
      Problem.write(response, HttpServletResponse.SC_NOT_FOUND, "expected /openapi");
    } else if (ReadOnly.accepts(request, response)) {
      Optional<OpenApiFormat> format = format(request, response);
      if (format.isPresent()) {
        write(request, response, format.get());
      }
    }
  }

  /** Returns the format of an answer; empty if the request is refused. */
  private static Optional<OpenApiFormat> format(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    @Nullable String name = request.getParameter("format");
    if (name != null) {
      Optional<OpenApiFormat> named = OpenApiFormat.named(name);
      if (named.isEmpty()) {
        refuse(response, 400, "expected the parameter format to be json or yaml");
      }
      return named;
    }
    Optional<String> ranges =
        MediaTypes.ranges(String.join(",", Collections.list(request.getHeaders("Accept"))));
    if (ranges.isEmpty()) {
      refuse(response, 400, "expected media types in the header Accept (RFC 9110, section 12.5.1)");
      return Optional.empty();
    }
    Optional<OpenApiFormat> accepted = OpenApiFormat.accepted(ranges.get());
    if (accepted.isEmpty()) {
      refuse(response, 406, "this address answers with application/json or application/yaml");
    }
    return accepted;
  }

  private static void refuse(HttpServletResponse response, int status, String detail)
      throws IOException {
    response.setHeader("Vary", "Accept");
    Problem.write(response, status, detail);
  }

  private void write(HttpServletRequest request, HttpServletResponse response, OpenApiFormat format)
      throws IOException {
    Answer answer = Objects.requireNonNull(answers.get(format));
    response.setHeader("ETag", "\"" + answer.tag + "\"");
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-cache");
    List<String> known = Collections.list(request.getHeaders("If-None-Match"));
    if (!known.isEmpty() && EntityTags.of(known).matchWeakly(answer.tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(format.type());
    response.setContentLength(answer.body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(answer.body);
    }
  }
}
