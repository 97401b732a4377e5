package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.FallbackClients;
import org.rollcall.testing.RawConnection;

/** What is seen of a WildFly that an administrator suspends for a while. */
interface SuspendRules extends OnCluster {
  int MANAGEMENT = 9990 - 8080;

  /** Node b is on WildFly. */
  @Test
  @Order(10)
  default void aSuspendedNodeSendsItsClientsAwayAndTakesThemInAgainOnceItServes() {
    Node node = cluster().node("b");
    String prefix = "su-";
    List<String> ids = Crowd.ids(prefix, 20);
    try (Crowd crowd = new Crowd(cluster());
        FallbackClients others = FallbackClients.connect(node.site(), "count:su-others")) {
      List<Visitor> visitors =
          crowd.come(
              20,
              n ->
                  new Visitor(ids.get(n), ids, Doors.of(n < 10 ? node : cluster().node("a")))
                      .on("user:" + ids.get(n))
                      .on("room:" + prefix)
                      .on("count:" + prefix));
      crowd.awaitTruth(Duration.ofSeconds(30));
      final List<Visitor> inside = visitors.subList(0, 10);
      final List<Visitor> outside = visitors.subList(10, 20);

      command(node, ":suspend");
      try {
        Await.until(
            () ->
                assertThat(outside)
                    .allSatisfy(
                        visitor ->
                            assertThat(
                                    visitor.presences("user:" + visitor.id(), PresencePage::refs))
                                .containsOnlyKeys(ids.subList(10, 20))));
        try (RawConnection raw = RawConnection.to(node.site())) {
          assertThat(raw.handshake("vsn=2.0.0").status()).isEqualTo(503);
        }
        assertThat(node.site().get("../health/ready").statusCode()).isEqualTo(503);
        others.assertSentAway();
        others.assertRefused();
      } finally {
        command(node, ":resume");
      }
      Crowd.awaitReady(inside);
      assertThat(node.site().get("../health/ready").statusCode()).isEqualTo(200);
      crowd.awaitTruth(Duration.ofSeconds(30));
      List<Integer> closes = new ArrayList<>();
      inside.forEach(visitor -> closes.add(visitor.closes().get(0)));
      assertThat(closes).as("how connections ended first").containsOnly(1012);
      assertThat(cluster().repairs().values()).as("repairs").containsOnly(0);
    }
  }

  private static void command(Node node, String operation) {
    Path home = Path.of(System.getProperty("wildfly.home", "")).toAbsolutePath();
    Commands.run(
        home.resolve("bin/jboss-cli.sh").toString(),
        "--connect",
        "--controller=127.0.0.1:" + (node.site().port() + MANAGEMENT),
        operation);
  }
}
