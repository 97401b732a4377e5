package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.rollcall.identity.User;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.social.FriendsUnavailable;
import org.rollcall.social.Sight;
import org.rollcall.social.Visibility;

/**
 * Who is online, for a caller who may see it. Whoever the caller may not see is offline, to the
 * letter.
 */
@Path("presence")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
  private static final int MOST_USERS = 100;

  @Inject private Tracker tracker;
  @Inject private Visibility visibility;
  @Inject private Callers callers;

  /** Returns one user's presence. */
  @GET
  @Path("{id}")
  public Response one(@PathParam("id") String id, @Context HttpHeaders headers) {
    return answer(presence(id, viewer(headers)));
  }

  /** Returns the presence of 1 to 100 users, in the order of the query. */
  @GET
  public Response several(@QueryParam("user") List<String> ids, @Context HttpHeaders headers) {
    if (ids.isEmpty() || ids.size() > MOST_USERS) {
      throw Problem.of(
          Response.Status.BAD_REQUEST,
          "expected 1 to " + MOST_USERS + " parameters user, but got " + ids.size());
    }
    Viewer viewer = viewer(headers);
    JsonArrayBuilder all = Json.createArrayBuilder();
    ids.forEach(id -> all.add(presence(id, viewer)));
    JsonArray array = all.build();
    return answer(array);
  }

  private static Response answer(Object entity) {
    CacheControl cache = new CacheControl();
    cache.setNoStore(true);
    cache.setNoTransform(false);
    return Response.ok(entity).cacheControl(cache).build();
  }

  private JsonObject presence(String id, Viewer viewer) {
    // Not looked up for a stranger, so that neither content nor time of the answer tells anything.
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

  /** Who asks, and whom that one sees; nobody sees who is visible to nobody, but for oneself. */
  private record Viewer(Optional<User> user, Predicate<String> sees) {
    boolean isAlso(String id) {
      return user.isPresent() && user.get().id().equals(id);
    }
  }

  private Viewer viewer(HttpHeaders headers) {
    Optional<User> caller = callers.find(headers);
    return new Viewer(caller, seenBy(caller));
  }

  private Predicate<String> seenBy(Optional<User> caller) {
    if (caller.isEmpty()) {
      return id -> false;
    }
    if (caller.get().isAdmin()) {
      return id -> true;
    }
    try {
      Set<String> circle = visibility.circle(caller.get());
      Sight sight = visibility.sight(caller.get().id());
      return id -> circle.contains(id) && sight.shows(id);
    } catch (FriendsUnavailable e) {
      throw Problem.of(
          Response.Status.SERVICE_UNAVAILABLE, "whom you may see cannot be found out now");
    }
  }
}
