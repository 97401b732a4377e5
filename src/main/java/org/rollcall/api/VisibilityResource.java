package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.identity.User;
import org.rollcall.social.FriendSource;
import org.rollcall.social.FriendsUnavailable;
import org.rollcall.social.ManagedFriends;
import org.rollcall.social.Rules;
import org.rollcall.social.Visibility;

/**
 * Who can see the caller.
 *
 * <p>Says nothing of who is online: the list is the same whether or not those on it are.
 */
@Path("visibility")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class VisibilityResource {
  private static final Logger LOG = System.getLogger(VisibilityResource.class.getName());

  @Inject private Callers callers;
  @Inject private Visibility visibility;
  @Inject private FriendSource friends;

  /**
   * Returns {@code {"to":"friends","until":null,"by":["3","9"]}}: to whom the caller is visible,
   * when that ends, and who can see the caller now. {@code by} is null where only each friend's own
   * token or the social network knows; {@code "more":true} is added if it is not all.
   */
  @GET
  public Response mine(@Context HttpHeaders headers) {
    User user = callers.find(headers).orElseThrow(Problem::unauthorized);
    Rules rules = visibility.rules();
    Optional<Long> until = rules.hiddenUntil(user.id());
    JsonObjectBuilder answer =
        Json.createObjectBuilder().add("to", until.isPresent() ? "nobody" : "friends");
    if (until.isPresent() && until.get() != Rules.FOREVER) {
      answer.add("until", Instant.ofEpochSecond(until.get()).toString());
    } else {
      answer.add("until", JsonValue.NULL);
    }
    if (until.isPresent()) {
      answer.add("by", JsonValue.EMPTY_JSON_ARRAY);
    } else if (friends instanceof ManagedFriends managed) {
      addViewers(answer, managed, user.id());
    } else {
      answer.add("by", JsonValue.NULL);
    }
    return Response.ok(answer.build()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private void addViewers(JsonObjectBuilder answer, ManagedFriends managed, String user) {
    try {
      ManagedFriends.Viewers viewers = managed.viewers(user);
      Set<String> ids = new TreeSet<>(viewers.ids());
      ids.removeAll(visibility.rules().apartFrom(user));
      ids.remove(user);
      answer.add("by", Json.createArrayBuilder(ids));
      if (viewers.more()) {
        answer.add("more", true);
      }
    } catch (FriendsUnavailable e) {
      LOG.log(Level.WARNING, "Who sees a user cannot be found out: {0}", e.getMessage());
      throw Problem.of(Response.Status.SERVICE_UNAVAILABLE, "who sees you cannot be found out now");
    }
  }
}
