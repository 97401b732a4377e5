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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.rollcall.FriendsUnavailable;
import org.rollcall.social.Visibility;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.friends.ManagedFriends;
import org.rollcall.social.rules.VisibilityRules;

/**
 * The users who can see the caller.
 *
 * <p>Says nothing of who is online: the list is the same whether or not those on it are.
 */
@Path("visibility")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class VisibilityResource {
  @Inject private CallerVerifier callers;
  @Inject private Visibility visibility;
  @Inject private FriendProvider friends;
  @Inject private RequestExecutor requests;

  /**
   * Returns {@code {"to":"friends","until":null,"by":["3","9"]}}: to whom the caller is visible,
   * when that ends, and who can see the caller now. {@code by} is null where only each friend's own
   * token or the social network knows; {@code "more":true} is added if it is not all.
   */
  @GET
  public CompletionStage<Response> mine(@Context HttpHeaders headers) {
    String user = callers.require(headers::getHeaderString).id();
    RequestRates.Begun begun = requests.begin(user);
    return requests.ask(
        List.of("viewers", user, visibility.changes()),
        () -> viewers(user),
        viewers -> answer(user, viewers),
        begun);
  }

  private Optional<ManagedFriends.Viewers> viewers(String user) throws FriendsUnavailable {
    return friends instanceof ManagedFriends managed
        ? Optional.of(managed.viewers(user))
        : Optional.empty();
  }

  private Response answer(String user, Optional<ManagedFriends.Viewers> viewers) {
    Optional<Long> until = visibility.rules().hiddenUntil(user);
    JsonObjectBuilder answer =
        Json.createObjectBuilder().add("to", until.isPresent() ? "nobody" : "friends");
    if (until.isPresent() && until.get() != VisibilityRules.FOREVER) {
      answer.add("until", Instant.ofEpochSecond(until.get()).toString());
    } else {
      answer.add("until", JsonValue.NULL);
    }
    if (until.isPresent()) {
      answer.add("by", JsonValue.EMPTY_JSON_ARRAY);
    } else if (viewers.isPresent()) {
      addViewers(answer, viewers.get(), user);
    } else {
      answer.add("by", JsonValue.NULL);
    }
    return Response.ok(answer.build()).build();
  }

  private void addViewers(JsonObjectBuilder answer, ManagedFriends.Viewers viewers, String user) {
    Set<String> ids = new TreeSet<>(viewers.ids());
    ids.removeAll(visibility.rules().apartFrom(user));
    ids.remove(user);
    answer.add("by", Json.createArrayBuilder(ids));
    if (viewers.more()) {
      answer.add("more", true);
    }
  }
}
