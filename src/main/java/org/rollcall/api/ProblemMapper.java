package org.rollcall.api;

import jakarta.json.JsonException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Turns every exception into a problem that says nothing of the inside. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable cause) {
    if (cause instanceof ProcessingException || cause instanceof JsonException) {
      return Problem.response(Response.Status.BAD_REQUEST, "expected JSON of the documented shape");
    }
    if (!(cause instanceof WebApplicationException known)) {
      LOG.log(Level.ERROR, "A request failed", cause);
      return Problem.response(
          Response.Status.INTERNAL_SERVER_ERROR, "the request could not be carried out");
    }
    Response response = known.getResponse();
    if (response.hasEntity()) {
      return response;
    }
    Response problem = Problem.response(response.getStatusInfo(), detail(response));
    Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
    return allow == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
  }

  private static String detail(Response response) {
    return switch (response.getStatus()) {
      case 400 -> "the request could not be understood";
      case 404 -> "there is nothing at this address";
      case 405 -> "this address does not take this method";
      case 406 -> "this address answers with application/json";
      case 415 -> "expected application/json";
      default -> "the request could not be carried out";
    };
  }
}
