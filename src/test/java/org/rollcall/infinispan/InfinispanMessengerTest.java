package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.NodeReport;
import org.rollcall.count.Count;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InfinispanMessengerTest {
  private final ClusterFixture clusterFixture = new ClusterFixture(Map.of());
  private final LocalNode one = clusterFixture.start();
  private final LocalNode two = clusterFixture.start();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private static List<NodeReport> reports(LocalNode node) {
    return node.node().messenger().reports().toCompletableFuture().join();
  }

  @Test
  void everyNodeReportsAndTheirDigestsAgree() {
    one.node().tracker().track(new Topic("room:1"), "ada", Meta.of(1, ""), () -> true);
    two.node().tracker().track(new Topic("room:1"), "ben", Meta.of(1, ""), () -> true);
    two.node().tracker().track(new Topic("room:1"), "cy", Meta.of(1, ""), () -> true);
    Await.until(
        () ->
            assertThat(reports(two))
                .hasSize(2)
                .allSatisfy(
                    report -> {
                      assertThat(report.answered()).isTrue();
                      assertThat(report.view()).containsExactly("node-1", "node-2");
                      assertThat(report.entries())
                          .containsOnly(Map.entry("node-1", 1), Map.entry("node-2", 2));
                      assertThat(report.repairs()).isZero();
                      assertThat(report.digest()).isEqualTo(reports(one).get(0).digest());
                    }));
  }

  @Test
  void aCopyThatDiffersHasAnotherDigestAndIsRepaired() {
    TrackedEntry entry =
        one.node().tracker().track(new Topic("room:1"), "ada", Meta.of(1, ""), () -> true);
    Await.until(() -> assertThat(reports(one).get(1).entries()).containsKey("node-1"));
    two.node().caches().entries().drop(entry.entry());
    List<NodeReport> differing = reports(one);
    assertThat(differing.get(0).digest()).isNotEqualTo(differing.get(1).digest());
    Await.until(
        () -> {
          List<NodeReport> agreeing = reports(one);
          assertThat(agreeing.get(0).digest()).isEqualTo(agreeing.get(1).digest());
          assertThat(agreeing.get(0).repairs()).isEqualTo(1);
        });
  }

  @Test
  void aCountThatIsLostEverywhereIsWrittenAgainAndCountedAsARepair() {
    Topic topic = new Topic("count:1");
    one.node().counts().enter(topic, Count.Kind.VIEWER, new CountWatcher());
    Count viewer = new Count(1, 0);
    Await.until(() -> assertThat(two.node().counts().count(topic)).isEqualTo(viewer));
    Await.until(
        () -> assertThat(one.node().caches().countStore().writer().isSettled(topic)).isTrue());
    assertThat(one.node().repairs()).isZero();
    one.node().caches().manager().getCache(CacheConfigurations.COUNTS).clear();
    Await.until(() -> assertThat(one.node().repairs()).isPositive());
    Await.until(() -> assertThat(two.node().counts().count(topic)).isEqualTo(viewer));
  }

  @Test
  void aGhostOnOneNodeIsDropped() {
    String owner = one.node().caches().members().self();
    PresenceEntry ghost =
        new PresenceEntry(
            new PresenceEntry.Id(new Topic("room:1"), "ghost", "c"), owner, Meta.of(1, ""), 0);
    two.node().caches().entries().put(ghost);
    for (LocalNode node : clusterFixture.running()) {
      Await.until(() -> assertThat(node.node().caches().entries().get(ghost.id())).isNull());
      Await.until(
          () -> assertThat(node.node().tracker().list(new Topic("room:1")).metas()).isEmpty());
    }
  }

  @Test
  void aUserIsDisconnectedFromEveryNode() {
    LocalPeer here = one.connect("2.0.0", Optional.of("ada"), List.of());
    LocalPeer there = two.connect("2.0.0", Optional.of("ada"), List.of());
    LocalPeer other = two.connect("2.0.0", Optional.of("ben"), List.of());
    assertThat(
            one.node()
                .messenger()
                .tell(ClusterMessenger.DISCONNECT, "ada")
                .toCompletableFuture()
                .join())
        .isEmpty();
    assertThat(here.closeCode()).isEqualTo(CloseCode.FORCED);
    assertThat(there.closeCode()).isEqualTo(CloseCode.FORCED);
    assertThat(other.drain()).isEmpty();
  }
}
