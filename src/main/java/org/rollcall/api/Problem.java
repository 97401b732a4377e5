package org.rollcall.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The errors of the API, as problem details (RFC 9457). */
public final class Problem {
  static final MediaType TYPE = new MediaType("application", "problem+json");

  private Problem() {}

  /** Returns an exception that is answered with a problem. */
  public static WebApplicationException of(Response.Status status, String detail) {
    return new WebApplicationException(detail, response(status, detail));
  }

  /** Returns the exception for a caller without a token, or with an invalid one. */
  public static WebApplicationException unauthorized() {
    Response response =
        Response.fromResponse(
                response(Response.Status.UNAUTHORIZED, "expected a valid bearer token"))
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
            .build();
    return new WebApplicationException("unauthorized", response);
  }

  /** Returns an answer that is a problem. */
  static Response response(Response.StatusType status, String detail) {
    return Response.status(status)
        .type(TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(json(status, detail))
        .build();
  }

  /** Answers a request outside of JAX-RS with a problem. */
  public static void write(HttpServletResponse response, int status, String detail)
      throws IOException {
    byte[] body = json(Response.Status.fromStatusCode(status), detail).getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType(TYPE.toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * Returns a problem, and counts it: {@code
   * {"type":"about:blank","title":...,"status":...,"detail":...}}.
   */
  static String json(Response.StatusType status, String detail) {
    RequestRefusals.add(status.getStatusCode());
    return Json.createObjectBuilder()
        .add("type", "about:blank")
        .add("title", status.getReasonPhrase())
        .add("status", status.getStatusCode())
        .add("detail", detail)
        .build()
        .toString();
  }
}
