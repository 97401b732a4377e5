package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.rollcall.cluster.ClusterMessenger;

/** Sends an administrator's command to all nodes, and answers when they have received it. */
@ApplicationScoped
public class ClusterBroadcast {
  @Inject private ClusterMessenger messenger;

  /**
   * Answers 204 when every node has received the command, and has carried it out if its kind says
   * so, else 503 with the names of the other nodes.
   */
  CompletionStage<Response> tell(String word, String text) {
    return messenger
        .tell(word, text)
        .thenApply(
            deaf ->
                deaf.isEmpty()
                    ? Response.noContent().build()
                    : Problem.response(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "not every node has carried it out, try again: "
                            + String.join(", ", deaf)));
  }
}
