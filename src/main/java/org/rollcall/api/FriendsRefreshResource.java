package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.rollcall.cluster.ClusterMessenger;

/** Asks the source again for the friends of many users, for administrators. */
@Path("friends/refresh")
@ApplicationScoped
@AdminOnly
public class FriendsRefreshResource {
  private static final int MOST = 10_000;

  @Inject private ClusterBroadcast broadcast;

  /** Takes a JSON array of 1 to 10,000 user ids; users who are not connected are left out. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> refresh(InputStream body) {
    Set<String> ids = UserIdParams.read(body);
    if (ids.isEmpty() || ids.size() > MOST) {
      throw Problem.of(
          Response.Status.BAD_REQUEST, "expected 1 to " + MOST + " ids, but got " + ids.size());
    }
    return broadcast.tell(ClusterMessenger.FRIENDS, String.join("\n", ids));
  }
}
