package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.rollcall.identity.ConnectTokens;
import org.rollcall.identity.User;

/** What a page connects with. */
@Path("token")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
  @Inject private Callers callers;
  @Inject private ConnectTokens connect;

  /** Gives the caller a connect token: {@code {"token":"...","expiresIn":60}}. */
  @POST
  public Response mint(@Context HttpHeaders headers) {
    User user = callers.find(headers).orElseThrow(Problem::unauthorized);
    JsonObject answer =
        Json.createObjectBuilder()
            .add("token", connect.mint(user))
            .add("expiresIn", ConnectTokens.LIFE.toSeconds())
            .build();
    return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
