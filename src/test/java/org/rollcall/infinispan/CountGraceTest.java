package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Counts hold still while the clients of a node that goes move to others. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CountGraceTest {
  private static final Topic TOPIC = new Topic("count:1");

  private static final int MANY = 300;

  private ClusterFixture clusterFixture = new ClusterFixture(Map.of());

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private void grace(String grace) {
    clusterFixture =
        new ClusterFixture(Map.of("rollcall.grace", grace, "rollcall.counts.interval", "PT0.02S"));
  }

  private static LocalPeer view(LocalNode node, Optional<String> user) {
    LocalPeer peer = node.connect("2.0.0", user, List.of());
    peer.send("[\"11\",\"1\",\"count:1\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("ok");
    assertThat(peer.drain()).isNotNull();
    return peer;
  }

  private static CountWatcher watch(LocalNode node, Count expected) {
    CountWatcher watcher = new CountWatcher();
    Await.until(() -> assertThat(node.node().counts().count(TOPIC)).isEqualTo(expected));
    node.node().counts().enter(TOPIC, Count.Kind.NONE, watcher);
    assertThat(watcher.shown()).isEqualTo(expected);
    return watcher;
  }

  @Test
  void aClientThatMovesFromAStoppingNodeCausesNoDiff() throws InterruptedException {
    grace("PT30S");
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    LocalNode three = clusterFixture.start();
    List<LocalPeer> peers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      peers.add(view(one, i % 3 == 0 ? Optional.of("u" + i) : Optional.empty()));
    }
    CountWatcher watcher = watch(three, new Count(20, 10));
    Thread stopping = new Thread(() -> clusterFixture.stop(one));
    stopping.start();
    for (int i = 0; i < peers.size(); i++) {
      assertThat(peers.get(i).closeCode()).isEqualTo(CloseCode.DRAINING);
      view(i % 2 == 0 ? two : three, i % 3 == 0 ? Optional.of("u" + i) : Optional.empty());
    }
    stopping.join();
    assertThat(watcher.shown()).isEqualTo(new Count(20, 10));
    assertThat(watcher.diffs()).isZero();
    view(two, Optional.empty());
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(21, 10)));
  }

  @Test
  void aRestartOfEveryNodeOneAfterTheOtherCausesNoDiff() throws InterruptedException {
    grace("PT60S");
    List<CountWatcher> watchers = restartAll();
    assertThat(watchers).extracting(CountWatcher::diffs).containsOnly(0);
  }

  @Test
  void countsOfRemovedNodesAreForgottenWithoutADiff() throws InterruptedException {
    grace("PT5S");
    List<CountWatcher> watchers = restartAll();
    for (LocalNode node : clusterFixture.running()) {
      Await.until(() -> assertThat(node.node().caches().members().table().down()).isEmpty());
    }
    assertThat(watchers).extracting(CountWatcher::diffs).containsOnly(0);
  }

  /** Restarts three nodes under viewers; returns who watched on nodes that stayed or came. */
  private List<CountWatcher> restartAll() throws InterruptedException {
    List<LocalNode> up =
        new ArrayList<>(
            List.of(clusterFixture.start(), clusterFixture.start(), clusterFixture.start()));
    Map<LocalNode, List<LocalPeer>> peers = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      LocalNode node = up.get(i % 3);
      peers.computeIfAbsent(node, n -> new ArrayList<>()).add(view(node, Optional.empty()));
    }
    List<CountWatcher> watchers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      LocalNode leaving = up.remove(0);
      up.forEach(node -> watchers.add(watch(node, new Count(MANY, 0))));
      Thread stopping = new Thread(() -> clusterFixture.stop(leaving));
      stopping.start();
      int turn = 0;
      for (LocalPeer peer : peers.getOrDefault(leaving, List.of())) {
        assertThat(peer.closeCode()).isEqualTo(CloseCode.DRAINING);
        LocalNode next = up.get(turn++ % up.size());
        peers.computeIfAbsent(next, n -> new ArrayList<>()).add(view(next, Optional.empty()));
      }
      stopping.join();
      LocalNode fresh = clusterFixture.start();
      up.add(fresh);
      watchers.add(watch(fresh, new Count(MANY, 0)));
    }
    return watchers;
  }

  @Test
  void aClientBackBeforeTheCrashIsNoticedIsNotCountedTwice() {
    grace("PT3S");
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    view(one, Optional.empty());
    view(one, Optional.empty());
    CountWatcher watcher = watch(two, new Count(2, 0));
    view(two, Optional.empty());
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(3, 0)));
    clusterFixture.crash(one);
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(2, 0)));
    view(two, Optional.empty());
    assertThat(watcher.shown()).isEqualTo(new Count(2, 0));
    view(two, Optional.empty());
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(3, 0)));
  }

  @Test
  void aClientNotBackAfterACrashIsCountedForTheGraceOnly() {
    grace("PT3S");
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    view(one, Optional.empty());
    view(one, Optional.empty());
    CountWatcher watcher = watch(two, new Count(2, 0));
    clusterFixture.crash(one);
    view(two, Optional.empty());
    assertThat(two.node().counts().count(TOPIC)).isEqualTo(new Count(2, 0));
    assertThat(watcher.diffs()).isZero();
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(1, 0)));
    assertThat(watcher.diffs()).isEqualTo(1);
  }

  @Test
  void withoutGraceACrashIsCountedAtOnce() {
    grace("PT0S");
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    view(one, Optional.empty());
    CountWatcher watcher = watch(two, new Count(1, 0));
    clusterFixture.crash(one);
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(Count.ZERO));
  }

  @Test
  void eachSideOfAPartitionIsRightAndAfterTheMergeBoth() {
    grace("PT0.2S");
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    view(one, Optional.empty());
    view(two, Optional.empty());
    CountWatcher here = watch(one, new Count(2, 0));
    CountWatcher there = watch(two, new Count(2, 0));
    clusterFixture.split(List.of(List.of(one), List.of(two)));
    Await.until(() -> assertThat(here.shown()).isEqualTo(new Count(1, 0)));
    Await.until(() -> assertThat(there.shown()).isEqualTo(new Count(1, 0)));
    view(two, Optional.of("ada"));
    Await.until(() -> assertThat(there.shown()).isEqualTo(new Count(1, 1)));
    clusterFixture.merge();
    Await.until(() -> assertThat(here.shown()).isEqualTo(new Count(2, 1)));
    Await.until(() -> assertThat(there.shown()).isEqualTo(new Count(2, 1)));
  }

  @Test
  void theTotalOfAllNodesIsRounded() {
    clusterFixture =
        new ClusterFixture(Map.of("rollcall.counts.round", "4", "rollcall.counts.period", "PT1S"));
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    for (int i = 0; i < 5; i++) {
      view(one, Optional.empty());
      view(two, Optional.empty());
    }
    // Of eleven, eight are shown whatever the lot is.
    view(two, Optional.empty());
    for (LocalNode node : List.of(one, two)) {
      watch(node, new Count(8, 0));
    }
  }
}
