package org.rollcall.api;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.rollcall.FriendsUnavailable;
import org.rollcall.concurrent.ThrottledWarning;

/** Turns every exception into a problem that reveals nothing about the server's code. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());
  private static final ThrottledWarning FRIENDS = new ThrottledWarning(LOG);
  private static final int MOST_PLACES = 64;
  private static final Map<String, ThrottledWarning> FAILURES = new ConcurrentHashMap<>();

  @Override
  public Response toResponse(Throwable cause) {
    return response(cause);
  }

  /** Returns the answer to a request that failed; also of one that other threads carried out. */
  static Response response(Throwable cause) {
    if (cause instanceof CompletionException && cause.getCause() != null) {
      return response(cause.getCause());
    }
    if (cause instanceof FriendsUnavailable) {
      FRIENDS.log("Friends could not be found out for a request: " + cause.getMessage());
      return Problem.response(
          Response.Status.SERVICE_UNAVAILABLE, "the friends cannot be found out now");
    }
    if (cause instanceof RejectedExecutionException) {
      return Response.fromResponse(
              Problem.response(
                  Response.Status.SERVICE_UNAVAILABLE, "too many requests wait, try again"))
          .header(HttpHeaders.RETRY_AFTER, 1)
          .build();
    }
    if (cause instanceof ProcessingException) {
      return Problem.response(Response.Status.BAD_REQUEST, "the request could not be understood");
    }
    if (!(cause instanceof WebApplicationException known)) {
      log(cause);
      return Problem.response(
          Response.Status.INTERNAL_SERVER_ERROR, "the request could not be carried out");
    }
    Response response = known.getResponse();
    if (response.hasEntity() && Problem.TYPE.isCompatible(response.getMediaType())) {
      return response;
    }
    Response problem = Problem.response(response.getStatusInfo(), detail(response));
    Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
    return allow == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
  }

  /** Logs a failure with its stack, at most once in ten minutes for each place where it begins. */
  private static void log(Throwable cause) {
    String kind = cause.getClass().getName();
    StackTraceElement[] stack = cause.getStackTrace();
    String place = stack.length == 0 ? kind : kind + " at " + stack[0];
    String known = FAILURES.size() < MOST_PLACES || FAILURES.containsKey(place) ? place : kind;
    FAILURES
        .computeIfAbsent(known, any -> new ThrottledWarning(LOG))
        .log("A request failed; more that fail there are not logged for ten minutes", cause);
  }

  private static String detail(Response response) {
    return switch (response.getStatus()) {
      case 400 -> "the request could not be understood";
      case 404 -> "there is nothing at this address";
      case 405 -> "this address does not take this method";
      case 406 -> "this address answers with application/json only";
      case 415 -> "expected application/json";
      default -> "the request could not be carried out";
    };
  }
}
