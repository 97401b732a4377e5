package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.rollcall.presence.Cluster;

/** What an administrator may do to a user's connections. */
@Path("users/{id}")
@ApplicationScoped
public class UsersResource {
  @Inject private Callers callers;
  @Inject private Cluster cluster;

  /** Closes all of the user's sockets, on every node, with 1001; does nothing if there are none. */
  @DELETE
  @Path("sockets")
  public CompletionStage<Response> disconnect(
      @PathParam("id") String id, @Context HttpHeaders headers) {
    callers.requireAdmin(headers);
    return cluster
        .tell(Cluster.DISCONNECT, id)
        .thenApply(
            deaf ->
                deaf.isEmpty()
                    ? Response.noContent().build()
                    : Problem.response(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "not every node has heard it, try again: " + String.join(", ", deaf)));
  }
}
