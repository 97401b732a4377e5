package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.NodeReport;
import org.rollcall.config.Settings;

/** The state of each node, for administrators. */
@Path("cluster")
@ApplicationScoped
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  @Inject private ClusterMessenger messenger;
  @Inject private Settings settings;

  /**
   * Asks all nodes. {@code agree} is true if all answered and have the same digest; while users
   * come and go it may be false, as no two nodes answer in the same moment.
   */
  @GET
  public CompletionStage<Response> nodes() {
    return messenger.reports().thenApply(this::answer);
  }

  private Response answer(List<NodeReport> reports) {
    JsonArrayBuilder nodes = Json.createArrayBuilder();
    reports.forEach(report -> nodes.add(json(report)));
    boolean agree =
        reports.stream().allMatch(NodeReport::answered)
            && reports.stream().map(NodeReport::digest).distinct().count() == 1;
    JsonObject answer =
        Json.createObjectBuilder()
            .add("node", settings.node().name())
            .add("agree", agree)
            .add("nodes", nodes)
            .build();
    return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static JsonObject json(NodeReport report) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", report.name())
            .add("id", report.id())
            .add("answered", report.answered());
    if (report.answered()) {
      JsonObjectBuilder entries = Json.createObjectBuilder();
      report.entries().forEach(entries::add);
      json.add("view", Json.createArrayBuilder(report.view()))
          .add("entries", entries)
          .add("digest", report.digest())
          .add("repairs", report.repairs());
    }
    return json.build();
  }
}
