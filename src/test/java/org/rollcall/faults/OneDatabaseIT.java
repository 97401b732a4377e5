package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
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
import org.rollcall.testing.Deployments;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.TestDatabase;

/**
 * Nodes that keep friends and rules in one database, show no small counts, and let nobody linger.
 */
@Tag("faults")
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OneDatabaseIT implements VisibilityContract {
  private static final TestDatabase DATABASE = TestDatabase.start();
  private static final LocalIssuer ISSUER = new LocalIssuer();
  private static @Nullable RunningCluster cluster;
  private static @Nullable Node third;

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> settings =
        Map.of(
            "rollcall.counts.period", "PT1S",
            "rollcall.friends", "managed",
            "rollcall.datasource", TestDatabase.DATA_SOURCE,
            "rollcall.counts.floor", "5",
            "rollcall.grace", "PT0S",
            "rollcall.grace.away", "PT0S",
            "rollcall.oidc.issuer", ISSUER.address(),
            "rollcall.oidc.audience", LocalIssuer.AUDIENCE);
    List<Place> places =
        List.of(Place.local("a", Server.PAYARA_MICRO), Place.local("b", Server.WILDFLY));
    RunningCluster running = RunningCluster.start("one-database", places, settings, war());
    third = running.stranger(Place.local("c", Server.PAYARA_MICRO), Map.of());
    cluster = running;
  }

  /** The name of the file is that of the application, of which the data source is. */
  private static Path war() throws IOException {
    Path folder = Files.createDirectories(Server.folder().resolve("one-database-war"));
    Path war = folder.resolve("rollcall.war");
    DATABASE.addTo(Deployments.war(Map.of())).as(ZipExporter.class).exportTo(war.toFile(), true);
    return war;
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    ISSUER.close();
    DATABASE.close();
  }

  @Override
  public RunningCluster cluster() {
    if (cluster == null) {
      throw new IllegalStateException("The cluster has not started");
    }
    return cluster;
  }

  @Override
  public Node third() {
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

  private static void change(Node node, String method, String path, String body) {
    assertThat(node.site().asAdmin(method, "users/" + path, body).statusCode()).isEqualTo(204);
  }

  private List<Node> all() {
    return List.of(cluster().node("a"), cluster().node("b"), third());
  }

  @Test
  @Order(50)
  void aListThatIsChangedOnOneNodeHoldsOnEveryNode() {
    List<Node> all = all();
    try (Crowd crowd = new Crowd(cluster())) {
      crowd.come(1, n -> new Visitor("od-al", List.of(), Doors.of(all.get(0))).on("user:od-al"));
      List<Visitor> viewers =
          crowd.come(
              all.size(),
              n -> new Visitor("od-viewer", List.of(), Doors.of(all.get(n))).on("user:od-viewer"));
      for (int i = 0; i < all.size(); i++) {
        Node told = all.get(i);
        Node other = all.get((i + 1) % all.size());
        change(told, "PUT", "od-viewer/friends/od-al", "");
        VisibilityContract.awaitSeen(viewers, "od-al", true);
        change(other, "DELETE", "od-viewer/friends/od-al", "");
        VisibilityContract.awaitSeen(viewers, "od-al", false);
        change(told, "PUT", "od-viewer/friends", "[\"od-al\"]");
        VisibilityContract.awaitSeen(viewers, "od-al", true);
        DATABASE.execute("delete from rollcall_friends where user_id = 'od-viewer'");
        change(other, "POST", "od-viewer/friends/refresh", "");
        VisibilityContract.awaitSeen(viewers, "od-al", false);
      }
    }
  }

  /** Which number it is, is drawn by lot: less than two steps below the truth. */
  @Test
  @Order(51)
  void aCountThatIsVeiledIsTheSameOnEveryNode() {
    for (Node told : all()) {
      String topic = "count:od-" + told.name();
      try (Crowd crowd = new Crowd(cluster())) {
        List<Visitor> visitors =
            crowd.come(44, n -> new Visitor("od-" + n, List.of(), Doors.of(told)).on(topic));
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
          List<Integer> shown = all().stream().map(node -> users(node, topic)).toList();
          assertThat(shown).allMatch(number -> number >= least && number <= most);
          assertThat(shown.stream().distinct()).hasSize(1);
        });
  }

  private static int users(Node node, String topic) {
    String body = node.site().get("counts/" + topic).body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject().getJsonObject("users").getInt("count");
    }
  }
}
