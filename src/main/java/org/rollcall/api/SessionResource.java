package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;

/** Answers a page's first request: which user is logged in with this browser. */
@Path("session")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  @Inject private CallerVerifier callers;
  @Inject private Settings settings;

  /**
   * Answers {@code {"login":true,"user":{"id":"7","name":"Ada"}}}: whether one can log in here, and
   * as whom the browser has; {@code user} and {@code name} are there if they are known.
   */
  @GET
  public Response session() {
    JsonObjectBuilder answer = Json.createObjectBuilder().add("login", canLogIn());
    callers.session().ifPresent(user -> answer.add("user", json(user)));
    return Response.ok(answer.build()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private boolean canLogIn() {
    return settings.tokens().oidc().flatMap(OidcSettings::client).isPresent();
  }

  private static JsonObject json(User user) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("id", user.id());
    user.name().ifPresent(name -> json.add("name", name));
    return json.build();
  }
}
