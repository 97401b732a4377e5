package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.rollcall.identity.User;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.social.ViewerFilter;
import org.rollcall.social.Visibility;

/**
 * The users who are online, for a caller who may see them. A user whom the caller may not see is
 * offline, to the letter.
 */
@Path("presence")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
  private static final int MOST_USERS = 100;

  @Inject private Tracker tracker;
  @Inject private Visibility visibility;
  @Inject private CallerVerifier callers;
  @Inject private RequestExecutor requests;

  /** Returns one user's presence. */
  @GET
  @Path("{id}")
  public CompletionStage<Response> one(@PathParam("id") String id, @Context HttpHeaders headers) {
    return answer(headers, viewer -> presence(id, viewer));
  }

  /** Returns the presence of 1 to 100 users, each once, in the order of the query. */
  @GET
  public CompletionStage<Response> several(
      @QueryParam("user") List<String> ids, @Context HttpHeaders headers) {
    if (ids.isEmpty() || ids.size() > MOST_USERS) {
      throw Problem.of(
          Response.Status.BAD_REQUEST,
          "expected 1 to " + MOST_USERS + " parameters user, but got " + ids.size());
    }
    Set<String> once = new LinkedHashSet<>(ids);
    return answer(
        headers,
        viewer -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          once.forEach(id -> all.add(presence(id, viewer)));
          return all.build();
        });
  }

  /**
   * The work for every user is the same until it is known whom the caller sees, so that the time of
   * an answer reveals nobody.
   */
  private CompletionStage<Response> answer(
      HttpHeaders headers, Function<Viewer, JsonStructure> presence) {
    Optional<User> caller = callers.find(headers::getHeaderString);
    Function<Predicate<String>, Response> answer =
        sees -> Response.ok(presence.apply(new Viewer(caller, sees))).build();
    if (caller.isEmpty() || caller.get().isAdmin()) {
      boolean all = caller.isPresent();
      return CompletableFuture.completedFuture(answer.apply(id -> all));
    }
    User user = caller.get();
    RequestRates.Begun begun = requests.begin(user.id());
    return requests.ask(
        visibility.visibleUsersKey(user),
        () -> visibility.visibleUsers(user),
        visible -> {
          ViewerFilter viewerFilter = visibility.viewerFilter(user.id());
          return answer.apply(id -> visible.contains(id) && viewerFilter.shows(id));
        },
        begun);
  }

  private JsonObject presence(String id, Viewer viewer) {
    // Not looked up for a stranger, so that neither content nor time of the answer reveals
    // anything.
    List<Meta> metas = new ArrayList<>();
    if (viewer.sees.test(id)) {
      metas.addAll(metas(Topic.ofUser(id), id));
      if (viewer.isAlso(id)) {
        metas.addAll(metas(Topic.ofUser(id).veiled(id), id));
      }
    }
    return PresenceJson.of(id, metas);
  }

  private List<Meta> metas(Topic topic, String id) {
    return tracker.list(topic).metas().getOrDefault(id, List.of());
  }

  /**
   * The caller and the users whom it sees. Only the user itself sees a user who is visible to
   * nobody.
   */
  private record Viewer(Optional<User> user, Predicate<String> sees) {
    boolean isAlso(String id) {
      return user.isPresent() && user.get().id().equals(id);
    }
  }
}
