package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.Await;

/** What is seen of a server that the cluster does not take in, and on the nodes meanwhile. */
interface StrangerRules extends OnCluster {
  Duration GIVING_UP = Duration.ofMinutes(1);

  /** Infinispan says it whenever it joins a cluster. */
  String JOINING = "ISPN000078";

  @ParameterizedTest
  @CsvSource({
    "d, PAYARA_MICRO, rollcall.node, a, 'a name that no other node has, but got a'",
    "e, WILDFLY, rollcall.cluster.secret, another secret than theirs, 'the same secret as the'"
  })
  @Order(5)
  default void whoIsNotTakenInSaysWhyAndDisturbsNobody(
      String name, Server server, String setting, String value, String expected) {
    try (Crowd crowd = new Crowd(cluster())) {
      List<Node> nodes = cluster().nodes();
      String prefix = "st-" + name + "-";
      List<Visitor> visitors =
          crowd.come(
              6,
              n ->
                  new Visitor(prefix + n, Crowd.ids(prefix, 6), Doors.of(nodes.get(n % 3)))
                      .on("user:" + prefix + n)
                      .on("room:" + prefix)
                      .on("count:" + prefix));
      crowd.awaitTruth(Duration.ofSeconds(20));
      final List<Integer> before = changes(visitors, prefix);

      Node stranger = cluster().stranger(Place.local(name, server), Map.of(setting, value));
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

      crowd.awaitTruth(Duration.ofSeconds(20));
      assertThat(changes(visitors, prefix)).as("changes on each page").isEqualTo(before);
      assertThat(visitors).allSatisfy(visitor -> assertThat(visitor.closes()).isEmpty());
      assertThat(cluster().repairs().values()).as("repairs").containsOnly(0);
    }
  }

  private static int status(Node node, String path) {
    return node.site().get("../" + path).statusCode();
  }

  private static List<Integer> changes(List<Visitor> visitors, String prefix) {
    return visitors.stream()
        .map(
            visitor ->
                visitor.presences("user:" + visitor.id(), PresencePage::changes).size()
                    + visitor.presences("room:" + prefix, PresencePage::changes).size())
        .toList();
  }
}
