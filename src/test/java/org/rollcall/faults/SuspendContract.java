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

/** A WildFly that an administrator suspends for a while. */
interface SuspendContract extends OnCluster {
  int MANAGEMENT = 9990 - 8080;

  /** Node b is on WildFly. */
  @Test
  @Order(10)
  default void aSuspendedNodeSendsItsClientsAwayAndTakesThemInAgainOnceItServes() {
    ServerNode serverNode = cluster().node("b");
    String prefix = "su-";
    List<String> ids = VisitorGroup.ids(prefix, 20);
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster());
        FallbackClients others = FallbackClients.connect(serverNode.site(), "count:su-others")) {
      List<Visitor> visitors =
          visitorGroup.come(
              20,
              n ->
                  new Visitor(
                          ids.get(n),
                          ids,
                          ServerPorts.of(n < 10 ? serverNode : cluster().node("a")))
                      .on("user:" + ids.get(n))
                      .on("room:" + prefix)
                      .on("count:" + prefix));
      visitorGroup.awaitTruth(Duration.ofSeconds(30));
      final List<Visitor> inside = visitors.subList(0, 10);
      final List<Visitor> outside = visitors.subList(10, 20);

      command(serverNode, ":suspend");
      try {
        Await.until(
            () ->
                assertThat(outside)
                    .allSatisfy(
                        visitor ->
                            assertThat(
                                    visitor.presences(
                                        "user:" + visitor.id(), PresenceChannelView::refs))
                                .containsOnlyKeys(ids.subList(10, 20))));
        try (RawConnection raw = RawConnection.to(serverNode.site())) {
          assertThat(raw.handshake("vsn=2.0.0").status()).isEqualTo(503);
        }
        assertThat(serverNode.site().get("../health/ready").statusCode()).isEqualTo(503);
        others.assertSentAway();
        others.assertRefused();
      } finally {
        command(serverNode, ":resume");
      }
      VisitorGroup.awaitReady(inside);
      assertThat(serverNode.site().get("../health/ready").statusCode()).isEqualTo(200);
      visitorGroup.awaitTruth(Duration.ofSeconds(30));
      List<Integer> closes = new ArrayList<>();
      inside.forEach(visitor -> closes.add(visitor.closes().get(0)));
      assertThat(closes).as("how connections ended first").containsOnly(1012);
      assertThat(cluster().repairs().values()).as("repairs").containsOnly(0);
    }
  }

  private static void command(ServerNode serverNode, String operation) {
    Path home = Path.of(System.getProperty("wildfly.home", "")).toAbsolutePath();
    Commands.run(
        home.resolve("bin/jboss-cli.sh").toString(),
        "--connect",
        "--controller=127.0.0.1:" + (serverNode.site().port() + MANAGEMENT),
        operation);
  }
}
