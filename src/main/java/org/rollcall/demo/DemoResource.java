package org.rollcall.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.api.Problem;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.UserId;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.social.Visibility;
import org.rollcall.social.rules.VisibilityRules;

/** The demo's people and tokens; nothing is here unless the demo is on. */
@Path("demo")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DemoResource {
  @Inject private Settings settings;
  @Inject private ConnectTokens connect;
  @Inject private Visibility visibility;

  /** Returns {@code [{"id":"1","name":"...","friends":["2",...]},...]}. */
  @GET
  @Path("people")
  public JsonArray people() {
    requireDemo();
    JsonArrayBuilder people = Json.createArrayBuilder();
    for (DemoNetwork.Person person : DemoNetwork.people()) {
      people.add(
          Json.createObjectBuilder()
              .add("id", person.id())
              .add("name", person.name())
              .add("friends", Json.createArrayBuilder(person.friends())));
    }
    return people.build();
  }

  /**
   * Returns a connect token for any user: {@code {"token":"...","expiresIn":60}}; or, for an
   * administrator, a bearer token for the API.
   */
  @GET
  @Path("token")
  public Response token(
      @QueryParam("user") @Nullable String user, @QueryParam("admin") boolean admin) {
    requireDemo();
    String id = id(user);
    Duration life = admin ? ConnectTokens.DEMO_LIFE : ConnectTokens.LIFE;
    User known =
        new User(
            id,
            Optional.empty(),
            admin ? Set.of(User.ADMIN) : Set.of(),
            Optional.empty(),
            User.Grant.until(Instant.now().plus(life)));
    JsonObject answer =
        Json.createObjectBuilder()
            .add("token", admin ? connect.mintForDemo(known) : connect.mint(known))
            .add("expiresIn", life.toSeconds())
            .build();
    return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /**
   * Returns {@code {"to":"friends","until":null}}: who sees a user, for a page that is any user.
   */
  @GET
  @Path("visibility")
  public Response visibility(@QueryParam("user") @Nullable String user) {
    requireDemo();
    Optional<Long> until = visibility.rules().hiddenUntil(id(user));
    JsonObjectBuilder answer =
        Json.createObjectBuilder().add("to", until.isPresent() ? "nobody" : "friends");
    if (until.isPresent() && until.get() != VisibilityRules.FOREVER) {
      answer.add("until", Instant.ofEpochSecond(until.get()).toString());
    } else {
      answer.addNull("until");
    }
    return Response.ok(answer.build()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static String id(@Nullable String user) {
    if (user == null || !UserId.isValid(user)) {
      throw Problem.of(
          Response.Status.BAD_REQUEST, "expected one parameter user, of " + UserId.EXPECTED);
    }
    return user;
  }

  private void requireDemo() {
    if (!settings.web().demo()) {
      throw new NotFoundException();
    }
  }
}
