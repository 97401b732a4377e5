package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.social.Visibility;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;

/** Lets administrators block and disconnect users: on every node, before the answer comes. */
@Path("users/{id}")
@ApplicationScoped
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
  private static final Logger LOG = System.getLogger(UsersResource.class.getName());

  @Inject private ClusterBroadcast broadcast;
  @Inject private RequestExecutor requests;
  @Inject private Visibility visibility;

  /**
   * Closes all of the user's sockets, on every node, with 1001, and ends the entries of lost
   * connections; does nothing if there are none.
   */
  @DELETE
  @Path("sockets")
  public CompletionStage<Response> disconnect(@PathParam("id") String id) {
    return broadcast.tell(ClusterMessenger.DISCONNECT, UserIdParams.check(id));
  }

  /** Closes all of the user's sockets, ends its presence, and refuses its tokens from now on. */
  @POST
  @Path("block")
  public CompletionStage<Response> block(@PathParam("id") String id) {
    VisibilityRule blocked = VisibilityRule.blocked(UserIdParams.check(id));
    return change(blocked, rules -> rules.make(blocked, VisibilityRules.FOREVER));
  }

  /** Lets the user in again. */
  @POST
  @Path("unblock")
  public CompletionStage<Response> unblock(@PathParam("id") String id) {
    VisibilityRule blocked = VisibilityRule.blocked(UserIdParams.check(id));
    return change(blocked, rules -> rules.lift(blocked));
  }

  /** Returns the ids of those from whom the user is hidden, and who are hidden from the user. */
  @GET
  @Path("blocks")
  public List<String> blocks(@PathParam("id") String id) {
    return List.copyOf(new TreeSet<>(visibility.rules().apartFrom(id)));
  }

  /** Hides two users from each other, even if they are friends, in rooms too. */
  @PUT
  @Path("blocks/{other}")
  public CompletionStage<Response> part(
      @PathParam("id") String id, @PathParam("other") String other) {
    VisibilityRule apart = apart(id, other);
    return change(apart, rules -> rules.make(apart, VisibilityRules.FOREVER));
  }

  /** Hides two users no more from each other. */
  @DELETE
  @Path("blocks/{other}")
  public CompletionStage<Response> join(
      @PathParam("id") String id, @PathParam("other") String other) {
    VisibilityRule apart = apart(id, other);
    return change(apart, rules -> rules.lift(apart));
  }

  private static VisibilityRule apart(String id, String other) {
    if (id.equals(other)) {
      throw Problem.of(Response.Status.BAD_REQUEST, "expected two users, but got the same twice");
    }
    return VisibilityRule.apart(UserIdParams.check(id), UserIdParams.check(other));
  }

  private interface Change {
    void make(VisibilityRules rules) throws RulesUnavailable;
  }

  /** Answers once the rule is in force and every node's clients are shown what it leaves. */
  private CompletionStage<Response> change(VisibilityRule rule, Change change) {
    return requests.change(() -> carryOut(rule, change));
  }

  private CompletionStage<Response> carryOut(VisibilityRule rule, Change change) {
    try {
      change.make(visibility.rules());
    } catch (RulesUnavailable e) {
      LOG.log(Level.WARNING, "A rule could not be changed: {0}", e.getMessage());
      throw Problem.of(
          Response.Status.SERVICE_UNAVAILABLE, "the rule cannot be kept on every node now");
    }
    String users = rule.other().isEmpty() ? rule.user() : rule.user() + "\n" + rule.other();
    return broadcast.tell(ClusterMessenger.RULES, users);
  }
}
