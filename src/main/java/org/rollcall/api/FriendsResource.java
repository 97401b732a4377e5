package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.social.Visibility;
import org.rollcall.social.friends.FriendDirectory;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.friends.ManagedFriends;
import org.rollcall.social.friends.TooManyFriends;

/**
 * The list of the users whom a user may see, for administrators. Changes reach connected users at
 * once, on every node.
 */
@Path("users/{id}/friends")
@ApplicationScoped
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
public class FriendsResource {
  private static final Logger LOG = System.getLogger(FriendsResource.class.getName());

  @Inject private FriendProvider friends;
  @Inject private ClusterBroadcast broadcast;
  @Inject private RequestExecutor requests;
  @Inject private Visibility visibility;

  /** Returns the ids of the user's friends, sorted. */
  @GET
  public CompletionStage<Response> list(@PathParam("id") String id) {
    if (!(friends instanceof FriendDirectory directory)) {
      throw Problem.of(
          Response.Status.CONFLICT, "friends stand in each user's token (rollcall.friends=token)");
    }
    return requests.ask(
        List.of("friends", id, visibility.changes()),
        () -> directory.friends(id),
        found -> Response.ok(Json.createArrayBuilder(new TreeSet<>(found)).build()).build(),
        requests.administrators());
  }

  /** Replaces the user's friends by those of a JSON array of ids. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> replace(@PathParam("id") String id, InputStream body) {
    ManagedFriends managed = managed();
    UserIdParams.check(id);
    Set<String> ids = UserIdParams.read(body);
    return change(id, () -> managed.replace(id, ids));
  }

  /** Lets the user see another. */
  @PUT
  @Path("{friend}")
  public CompletionStage<Response> add(
      @PathParam("id") String id, @PathParam("friend") String friend) {
    ManagedFriends managed = managed();
    UserIdParams.check(id);
    UserIdParams.check(friend);
    return change(id, () -> managed.add(id, friend));
  }

  /** Lets the user not see another any more. */
  @DELETE
  @Path("{friend}")
  public CompletionStage<Response> remove(
      @PathParam("id") String id, @PathParam("friend") String friend) {
    ManagedFriends managed = managed();
    UserIdParams.check(id);
    return change(id, () -> managed.remove(id, friend));
  }

  /** Asks the source again for a user's friends, on every node where the user is connected. */
  @POST
  @Path("refresh")
  public CompletionStage<Response> refresh(@PathParam("id") String id) {
    return broadcast.tell(ClusterMessenger.FRIENDS_OF, UserIdParams.check(id));
  }

  private ManagedFriends managed() {
    if (friends instanceof ManagedFriends managed) {
      return managed;
    }
    throw Problem.of(
        Response.Status.CONFLICT, "friends are edited at their source (rollcall.friends)");
  }

  private interface Change {
    void make() throws SQLException;
  }

  private CompletionStage<Response> change(String id, Change change) {
    return requests.change(() -> carryOut(id, change));
  }

  private CompletionStage<Response> carryOut(String id, Change change) {
    try {
      change.make();
      return broadcast.tell(ClusterMessenger.FRIENDS_OF, id);
    } catch (TooManyFriends e) {
      throw Problem.of(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      if (ManagedFriends.isTakenForAnother(e)) {
        throw Problem.of(
            Response.Status.CONFLICT,
            "the database takes two of these ids to be equal: its columns must tell all ids apart");
      }
      LOG.log(Level.WARNING, "Friends could not be changed: SQLState {0}", e.getSQLState());
      throw Problem.of(Response.Status.SERVICE_UNAVAILABLE, "the friends cannot be changed now");
    }
  }
}
