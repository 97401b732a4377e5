package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.identity.UserId;
import org.rollcall.social.FriendDirectory;
import org.rollcall.social.FriendSource;
import org.rollcall.social.FriendsUnavailable;
import org.rollcall.social.ManagedFriends;

/**
 * The list of whom a user may see, for administrators. Changes reach the user with the next join.
 */
@Path("users/{id}/friends")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class FriendsResource {
  private static final Logger LOG = System.getLogger(FriendsResource.class.getName());

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  @Inject private FriendSource friends;
  @Inject private Callers callers;

  /** Returns the ids of the user's friends, sorted. */
  @GET
  public List<String> list(@PathParam("id") String id, @Context HttpHeaders headers) {
    callers.requireAdmin(headers);
    if (!(friends instanceof FriendDirectory directory)) {
      throw Problem.of(
          Response.Status.CONFLICT, "friends stand in each user's token (rollcall.friends=token)");
    }
    try {
      return List.copyOf(new TreeSet<>(directory.friends(id)));
    } catch (FriendsUnavailable e) {
      LOG.log(Level.WARNING, "Friends could not be listed: {0}", e.getMessage());
      throw Problem.of(Response.Status.SERVICE_UNAVAILABLE, "the friends cannot be found out now");
    }
  }

  /** Replaces the user's friends by those of a JSON array of ids. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public void replace(@PathParam("id") String id, InputStream body, @Context HttpHeaders headers) {
    ManagedFriends managed = managed(headers);
    check(id);
    Set<String> ids = new TreeSet<>();
    for (JsonValue value : array(body)) {
      ids.add(check(id(value)));
    }
    change(() -> managed.replace(id, ids));
  }

  /**
   * Reads an array. Not left to the server: for an object, Payara 6 answers 500.
   *
   * @throws jakarta.json.JsonException if it is anything else, see {@link ProblemMapper}
   */
  private static JsonArray array(InputStream body) {
    try (JsonReader reader = READERS.createReader(body)) {
      return reader.readArray();
    }
  }

  /** Lets the user see another. */
  @PUT
  @Path("{friend}")
  public void add(
      @PathParam("id") String id,
      @PathParam("friend") String friend,
      @Context HttpHeaders headers) {
    ManagedFriends managed = managed(headers);
    check(id);
    check(friend);
    change(() -> managed.add(id, friend));
  }

  /** Lets the user not see another any more. */
  @DELETE
  @Path("{friend}")
  public void remove(
      @PathParam("id") String id,
      @PathParam("friend") String friend,
      @Context HttpHeaders headers) {
    ManagedFriends managed = managed(headers);
    change(() -> managed.remove(id, friend));
  }

  private ManagedFriends managed(HttpHeaders headers) {
    callers.requireAdmin(headers);
    if (friends instanceof ManagedFriends managed) {
      return managed;
    }
    throw Problem.of(
        Response.Status.CONFLICT, "friends are edited at their source (rollcall.friends)");
  }

  private static String id(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonNumber number && number.isIntegral()) {
      return number.toString();
    }
    throw badId("a JSON " + value.getValueType());
  }

  private static String check(String id) {
    if (!UserId.isValid(id)) {
      throw badId("'" + id + "'");
    }
    return id;
  }

  private static WebApplicationException badId(String got) {
    return Problem.of(
        Response.Status.BAD_REQUEST,
        "expected user ids of 1 to 128 characters without comma, quote, backslash or control"
            + " characters, but got "
            + got);
  }

  private interface Change {
    void make() throws SQLException;
  }

  private static void change(Change change) {
    try {
      change.make();
    } catch (IllegalArgumentException e) {
      throw Problem.of(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "Friends could not be changed: SQLState {0}", e.getSQLState());
      throw Problem.of(Response.Status.SERVICE_UNAVAILABLE, "the friends cannot be changed now");
    }
  }
}
