package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.rollcall.identity.Disconnection;

/** What an administrator may do to a user's connections. */
@Path("users/{id}")
@ApplicationScoped
public class UsersResource {
  @Inject private Callers callers;
  @Inject private Event<Disconnection> disconnections;

  /** Closes all of the user's sockets with 1001; does nothing if there are none. */
  @DELETE
  @Path("sockets")
  public void disconnect(@PathParam("id") String id, @Context HttpHeaders headers) {
    callers.requireAdmin(headers);
    disconnections.fire(new Disconnection(id));
  }
}
