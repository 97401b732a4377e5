package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.ServerKind;

/**
 * Nodes that keep friends and rules in one database, show no small counts, and let nobody linger.
 */
@Tag("faults")
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OneDatabaseIT implements VisibilityContract, DatabaseContract {
  private static final LocalIssuer ISSUER = new LocalIssuer();
  private static final SharedServer<RunningCluster> CLUSTER = new SharedServer<>();
  private static final SharedServer<SharedDatabase> DATABASE = new SharedServer<>();
  private static @Nullable ServerNode third;

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> settings =
        Map.of(
            "rollcall.counts.period", "PT1S",
            "rollcall.friends", "managed",
            "rollcall.counts.floor", "5",
            "rollcall.grace", "PT0S",
            "rollcall.grace.away", "PT0S",
            "rollcall.oidc.issuer", ISSUER.address(),
            "rollcall.oidc.audience", LocalIssuer.AUDIENCE);
    List<NodeAddress> places =
        List.of(
            NodeAddress.local("a", ServerKind.PAYARA_MICRO),
            NodeAddress.local("b", ServerKind.WILDFLY));
    SharedDatabase started = SharedDatabase.start(RunningCluster.clear("one-database-rows"));
    DATABASE.set(started);
    RunningCluster running =
        RunningCluster.start("one-database", places, settings, Optional.of(started));
    // It reads the same lists, as those of a social network.
    third =
        running.stranger(
            NodeAddress.local("c", ServerKind.PAYARA_MICRO),
            Map.of(
                "rollcall.friends", "sql",
                "rollcall.friends.sql",
                    "select friend_id from rollcall_friends where user_id = ?"));
    CLUSTER.set(running);
  }

  @AfterAll
  static void stop() throws Exception {
    CLUSTER.close();
    ISSUER.close();
    DATABASE.close();
  }

  @Override
  public SharedDatabase database() {
    return DATABASE.get();
  }

  @Override
  public RunningCluster cluster() {
    return CLUSTER.get();
  }

  @Override
  public ServerNode third() {
    if (third == null) {
      throw new IllegalStateException("The cluster has not started");
    }
    return third;
  }

  @Override
  public LocalIssuer issuer() {
    return ISSUER;
  }

  @Override
  public void befriend(String user, List<String> others) {
    String ids = others.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    change(cluster().node("a"), "PUT", user + "/friends", ids);
  }

  private static void change(ServerNode serverNode, String method, String path, String body) {
    assertThat(serverNode.site().asAdmin(method, "users/" + path, body).statusCode())
        .isEqualTo(204);
  }

  private List<ServerNode> all() {
    return List.of(cluster().node("a"), cluster().node("b"), third());
  }

  @Test
  @Order(50)
  void aListThatIsChangedOnOneNodeHoldsOnEveryNode() {
    List<ServerNode> all = all();
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      visitorGroup.come(
          1, n -> new Visitor("od-al", List.of(), ServerPorts.of(all.get(0))).on("user:od-al"));
      List<Visitor> viewers =
          visitorGroup.come(
              all.size(),
              n ->
                  new Visitor("od-viewer", List.of(), ServerPorts.of(all.get(n)))
                      .on("user:od-viewer"));
      for (int i = 0; i < all.size(); i++) {
        // The third node does not edit the lists.
        ServerNode told = all.get(i % 2);
        ServerNode other = all.get((i + 1) % 2);
        change(told, "PUT", "od-viewer/friends/od-al", "");
        VisibilityContract.awaitSeen(viewers, "od-al", true);
        change(other, "DELETE", "od-viewer/friends/od-al", "");
        VisibilityContract.awaitSeen(viewers, "od-al", false);
        change(told, "PUT", "od-viewer/friends", "[\"od-al\"]");
        VisibilityContract.awaitSeen(viewers, "od-al", true);
        database().execute("delete from rollcall_friends where user_id = 'od-viewer'");
        change(other, "POST", "od-viewer/friends/refresh", "");
        VisibilityContract.awaitSeen(viewers, "od-al", false);
      }
    }
  }

  /** Which number it is, is drawn by lot: less than two steps below the truth. */
  @Test
  @Order(51)
  void aCountThatIsRoundedIsTheSameOnEveryNode() {
    for (ServerNode told : all()) {
      String topic = "count:od-" + told.name();
      try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
        List<Visitor> visitors =
            visitorGroup.come(
                44, n -> new Visitor("od-" + n, List.of(), ServerPorts.of(told)).on(topic));
        awaitCount(topic, 35, 45);
        visitors.subList(4, 44).forEach(Visitor::close);
        awaitCount(topic, 0, 5);
        visitors.subList(0, 4).forEach(Visitor::close);
        awaitCount(topic, 0, 0);
      }
    }
  }

  private void awaitCount(String topic, int least, int most) {
    Await.until(
        Duration.ofSeconds(30),
        () -> {
          List<Integer> shown = all().stream().map(serverNode -> users(serverNode, topic)).toList();
          assertThat(shown).allMatch(number -> number >= least && number <= most);
          assertThat(shown.stream().distinct()).hasSize(1);
        });
  }

  private static int users(ServerNode serverNode, String topic) {
    String body = serverNode.site().get("counts/" + topic).body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject().getJsonObject("users").getInt("count");
    }
  }
}
