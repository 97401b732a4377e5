package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.Membership;
import org.rollcall.count.Count;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.Watcher;

/** A suspended node closes all sockets, stays in the cluster, and may serve again. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SuspendTest {
  private static final Topic ROOM = new Topic("room:1");
  private static final Topic COUNT = new Topic("count:1");
  private static final int MANY = 60;

  private ClusterFixture clusterFixture = new ClusterFixture(Map.of());

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private LocalNode start(String grace) {
    clusterFixture =
        new ClusterFixture(
            Map.of(
                "rollcall.grace",
                grace,
                "rollcall.grace.away",
                "PT1S",
                "rollcall.counts.interval",
                "PT0.2S"));
    return clusterFixture.start();
  }

  private static LocalPeer join(LocalNode node, int user) {
    LocalPeer peer = node.connect("2.0.0", Optional.of("u" + user), List.of());
    for (Topic topic : List.of(ROOM, COUNT)) {
      peer.send("[\"11\",\"1\",\"" + topic.name() + "\",\"phx_join\",{}]");
    }
    // The answer to a heartbeat comes when the joins are done.
    assertThat(peer.drain()).anyMatch(text -> text.contains("presence_state"));
    return peer;
  }

  private static List<LocalPeer> joinAll(LocalNode node) {
    return IntStream.range(0, MANY).mapToObj(user -> join(node, user)).toList();
  }

  private static void awaitUsers(LocalNode node, int users) {
    Await.until(() -> assertThat(node.node().tracker().list(ROOM).metas()).hasSize(users));
    Await.until(() -> assertThat(node.node().counts().count(COUNT)).isEqualTo(new Count(0, users)));
  }

  private static CountWatcher watchCount(LocalNode node) {
    CountWatcher watcher = new CountWatcher();
    node.node().counts().enter(COUNT, Count.Kind.NONE, watcher);
    return watcher;
  }

  private void assertNoRepairs() {
    clusterFixture.running().forEach(node -> assertThat(node.node().repairs()).isZero());
  }

  /** Suspends a node; each client moves to the other node as soon as it is closed. */
  private static void move(LocalNode from, LocalNode to, List<LocalPeer> peers) {
    CompletableFuture<Void> suspending = CompletableFuture.runAsync(from.node()::suspend);
    for (int user = 0; user < MANY; user++) {
      assertThat(peers.get(user).closeCode()).isEqualTo(CloseCode.DRAINING);
      peers.set(user, join(to, user));
    }
    suspending.join();
  }

  @Test
  void aClientThatMovesToAnotherNodeAndBackKeepsTheRefWithoutADiff() {
    LocalNode one = start("PT1M");
    LocalNode two = clusterFixture.start();
    List<LocalPeer> peers = new ArrayList<>(joinAll(one));
    awaitUsers(two, MANY);
    CountWatcher count = watchCount(two);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      move(one, two, peers);
      one.node().resume();
      assertThat(two.node().counts().count(COUNT)).isEqualTo(new Count(0, MANY));
      move(two, one, peers);
      assertThat(one.node().counts().count(COUNT)).isEqualTo(new Count(0, MANY));
      LocalPeer last = join(one, MANY);
      Await.until(() -> assertThat(watcher.state()).containsKey("u" + MANY));
      assertThat(watcher.changes()).hasSize(1);
      Await.until(() -> assertThat(count.shown()).isEqualTo(new Count(0, MANY + 1)));
      assertThat(count.diffs()).isEqualTo(1);
      assertThat(last.isClosed()).isFalse();
    }
    assertNoRepairs();
  }

  @Test
  void aClientBackOnTheResumedNodeKeepsTheRefWithoutADiff() {
    LocalNode one = start("PT1M");
    joinAll(one);
    awaitUsers(one, MANY);
    try (Watcher watcher = new Watcher(one.node().tracker(), ROOM)) {
      one.node().suspend();
      one.node().resume();
      joinAll(one);
      join(one, MANY);
      Await.until(() -> assertThat(watcher.state()).containsKey("u" + MANY));
      assertThat(watcher.changes()).hasSize(1);
    }
    awaitUsers(one, MANY + 1);
    assertNoRepairs();
  }

  @Test
  void aClientThatDoesNotComeBackLeavesAfterTheGraceWhileTheNodeIsUp() {
    LocalNode one = start("PT1S");
    LocalNode two = clusterFixture.start();
    joinAll(one);
    join(two, MANY);
    awaitUsers(two, MANY + 1);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      one.node().suspend();
      awaitUsers(two, 1);
      awaitUsers(one, 1);
      assertThat(watcher.changes()).hasSize(MANY);
    }
    one.node().resume();
    join(one, 0);
    awaitUsers(two, 2);
    assertNoRepairs();
  }

  @Test
  void aClientThatDoesNotComeBackToAResumedNodeLeavesAfterTheGrace() {
    LocalNode one = start("PT1S");
    LocalNode two = clusterFixture.start();
    joinAll(one);
    awaitUsers(two, MANY);
    one.node().suspend();
    one.node().resume();
    awaitUsers(two, 0);
    awaitUsers(one, 0);
    assertNoRepairs();
  }

  @Test
  void theGraceOfAnEarlierSuspensionDoesNotEndALaterOne() {
    LocalNode one = start("PT2S");
    LocalNode two = clusterFixture.start();
    one.node().suspend();
    one.node().resume();
    // Until half of that grace is over.
    Tracker tracker = two.node().tracker();
    tracker.track(ROOM, "page", Meta.of(1, ""), () -> true).end(LeaveReason.AWAY);
    Await.until(() -> assertThat(tracker.list(ROOM).metas()).isEmpty());
    join(one, 1);
    awaitUsers(two, 1);
    final long begin = System.nanoTime();
    one.node().suspend();
    Await.until(() -> assertThat(tracker.list(ROOM).metas()).isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void aSuspendedNodeSendsEveryoneAwayUntilItServesAgain() {
    LocalNode one = start("PT1M");
    one.node().resume();
    one.node().suspend();
    one.node().suspend();
    assertThat(one.connect("2.0.0", Optional.of("ada"), List.of()).closeCode())
        .isEqualTo(CloseCode.DRAINING);
    one.node().resume();
    join(one, 1);
    awaitUsers(one, 1);
  }

  @Test
  void aNodeThatCannotSayThatItStaysStaysAllTheSameAndIsHeardLater() {
    LocalNode one = start("PT1M");
    LocalNode two = clusterFixture.start();
    one.node().suspend();
    clusterFixture.hang(two);
    one.node().resume();
    Membership members = one.node().caches().members();
    assertThat(members.isLeaving(members.self())).isFalse();
    clusterFixture.merge();
    Await.until(
        () -> assertThat(two.node().caches().members().isLeaving(members.self())).isFalse());
    join(one, 1);
    awaitUsers(two, 1);
  }

  @Test
  void aSuspendedNodeThatStopsLeavesItsUsersToTheOthers() {
    LocalNode one = start("PT1M");
    LocalNode two = clusterFixture.start();
    joinAll(one);
    awaitUsers(two, MANY);
    CountWatcher count = watchCount(two);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      one.node().suspend();
      clusterFixture.stop(one);
      joinAll(two);
      join(two, MANY);
      Await.until(() -> assertThat(watcher.state()).containsKey("u" + MANY));
      assertThat(watcher.changes()).hasSize(1);
      Await.until(() -> assertThat(count.shown()).isEqualTo(new Count(0, MANY + 1)));
      assertThat(count.diffs()).isEqualTo(1);
    }
    one.node().resume();
    assertNoRepairs();
  }
}
