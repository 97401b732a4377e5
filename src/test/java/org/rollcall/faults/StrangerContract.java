package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.ServerKind;

/** A server that the cluster refuses, and the nodes meanwhile. */
interface StrangerContract extends OnCluster {
  Duration GIVING_UP = Duration.ofMinutes(1);

  /** Infinispan says it whenever it joins a cluster. */
  String JOINING = "ISPN000078";

  @ParameterizedTest
  @CsvSource({
    "d, PAYARA_MICRO, rollcall.node, a, 'a name that no other node has, but got a'",
    "e, WILDFLY, rollcall.cluster.secret, another secret than theirs, 'the same secret as the'"
  })
  @Order(5)
  default void aRefusedNodeLogsWhyAndDisturbsNobody(
      String name, ServerKind server, String setting, String value, String expected) {
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      List<ServerNode> nodes = cluster().nodes();
      String prefix = "st-" + name + "-";
      List<Visitor> visitors =
          visitorGroup.come(
              6,
              n ->
                  new Visitor(
                          prefix + n, VisitorGroup.ids(prefix, 6), ServerPorts.of(nodes.get(n % 3)))
                      .on("user:" + prefix + n)
                      .on("room:" + prefix)
                      .on("count:" + prefix));
      visitorGroup.awaitTruth(Duration.ofSeconds(20));
      final List<Integer> before = changes(visitors, prefix);

      ServerNode stranger =
          cluster().stranger(NodeAddress.local(name, server), Map.of(setting, value));
      stranger.start();
      try {
        String sentence = "Rollcall has not started: " + setting + ": expected " + expected;
        stranger.awaitSaid(sentence);
        // Until it has given up, a server lets those wait who ask.
        Await.until(GIVING_UP, () -> assertThat(status(stranger, "api/cluster")).isEqualTo(404));
        assertThat(status(stranger, "api/counts/count:up")).isEqualTo(404);
        assertThat(status(stranger, "socket/longpoll")).isEqualTo(404);
        assertThat(stranger.said(sentence)).as("lines with the sentence").isEqualTo(1);
        assertThat(stranger.said(JOINING)).as("attempts to join").isEqualTo(1);
      } finally {
        stranger.kill();
      }

      visitorGroup.awaitTruth(Duration.ofSeconds(20));
      assertThat(changes(visitors, prefix)).as("changes on each page").isEqualTo(before);
      assertThat(visitors).allSatisfy(visitor -> assertThat(visitor.closes()).isEmpty());
      assertThat(cluster().repairs().values()).as("repairs").containsOnly(0);
    }
  }

  private static int status(ServerNode serverNode, String path) {
    return serverNode.site().get("../" + path).statusCode();
  }

  private static List<Integer> changes(List<Visitor> visitors, String prefix) {
    return visitors.stream()
        .map(
            visitor ->
                visitor.presences("user:" + visitor.id(), PresenceChannelView::changes).size()
                    + visitor.presences("room:" + prefix, PresenceChannelView::changes).size())
        .toList();
  }
}
