package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.Watcher;

@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ResumeTest {
  private static final Topic ROOM = new Topic("room:1");

  private final ClusterFixture clusterFixture =
      new ClusterFixture(Map.of("rollcall.grace", "PT30S"));
  private final LocalNode one = clusterFixture.start();
  private final LocalNode two = clusterFixture.start();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private static TrackedEntry track(LocalNode node, String key) {
    return node.node().tracker().track(ROOM, key, Meta.of(1, ""), () -> true);
  }

  private static void awaitUsers(LocalNode node, int users) {
    Await.until(() -> assertThat(node.node().tracker().list(ROOM).metas()).hasSize(users));
  }

  @Test
  void aClientBackOnAnotherNodeKeepsTheRefWithoutADiff() {
    TrackedEntry entry = track(one, "ada");
    awaitUsers(two, 1);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      entry.end(LeaveReason.LOST);
      TrackedEntry back = track(two, "ada");
      assertThat(back.meta()).isEqualTo(entry.meta());
      assertThat(back.entry().owner()).isEqualTo(two.node().caches().members().self());
      track(two, "ben");
      Await.until(() -> assertThat(watcher.state()).hasSize(2));
      assertThat(watcher.changes()).hasSize(1);
    }
  }

  @Test
  void aClientBackOnAnotherNodeWithAnotherMetaIsOneUpdateOnEveryNode() {
    TrackedEntry entry = track(one, "ada");
    awaitUsers(two, 1);
    awaitUsers(one, 1);
    try (Watcher here = new Watcher(one.node().tracker(), ROOM);
        Watcher there = new Watcher(two.node().tracker(), ROOM)) {
      entry.end(LeaveReason.LOST);
      TrackedEntry back =
          two.node().tracker().track(ROOM, "ada", Meta.of(2, "\"status\":\"away\""), () -> true);
      assertThat(back.meta().onlineAt()).isEqualTo(entry.meta().onlineAt());
      assertThat(back.meta().ref()).isNotEqualTo(entry.meta().ref());
      TrackedEntry last = track(two, "last");
      for (Watcher watcher : List.of(here, there)) {
        Await.until(
            () ->
                assertThat(watcher.changes())
                    .containsExactlyInAnyOrder(
                        new PresenceDiff.Change("ada", back.meta(), entry.meta()),
                        new PresenceDiff.Change("last", last.meta(), null)));
      }
    }
  }

  @Test
  void aClientBackAfterACrashKeepsTheRefWithoutADiff() {
    TrackedEntry entry = track(one, "ada");
    awaitUsers(two, 1);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      clusterFixture.crash(one);
      assertThat(track(two, "ada").meta()).isEqualTo(entry.meta());
      track(two, "ben");
      Await.until(() -> assertThat(watcher.state()).hasSize(2));
      assertThat(watcher.changes()).hasSize(1);
    }
  }

  @Test
  void whoseEntryWasTakenOverInAPartitionIsTrackedAgain() {
    TrackedEntry phone = track(one, "ada");
    awaitUsers(two, 1);
    clusterFixture.split(List.of(List.of(one), List.of(two)));
    TrackedEntry laptop = track(two, "ada");
    assertThat(laptop.entry().id()).isEqualTo(phone.entry().id());
    clusterFixture.merge();
    for (LocalNode node : clusterFixture.running()) {
      Await.until(() -> assertThat(node.node().tracker().list(ROOM).metas().get("ada")).hasSize(2));
    }
    phone.end(LeaveReason.LEFT);
    laptop.end(LeaveReason.LEFT);
    awaitUsers(one, 0);
    awaitUsers(two, 0);
  }

  /** Is lost on one node and comes back on the other, again and again. */
  private void move(TrackedEntry from, AtomicBoolean moving) {
    TrackedEntry entry = from;
    boolean here = true;
    while (moving.get()) {
      entry.end(LeaveReason.LOST);
      here = !here;
      entry = track(here ? one : two, from.entry().id().key());
      assertThat(entry.meta()).isEqualTo(from.meta());
    }
  }

  @Test
  void aClientThatMovesWhileNodesComeAndGoKeepsTheRefWithoutADiff() {
    List<TrackedEntry> entries = IntStream.range(0, 8).mapToObj(i -> track(one, "u" + i)).toList();
    awaitUsers(one, 8);
    awaitUsers(two, 8);
    AtomicBoolean moving = new AtomicBoolean(true);
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      List<CompletableFuture<Void>> users =
          entries.stream()
              .map(
                  entry ->
                      CompletableFuture.runAsync(
                          () -> move(entry, moving), work -> new Thread(work).start()))
              .toList();
      clusterFixture.stop(clusterFixture.start());
      clusterFixture.stop(clusterFixture.start());
      moving.set(false);
      users.forEach(CompletableFuture::join);
      TrackedEntry last = track(one, "last");
      Await.until(() -> assertThat(watcher.state()).containsKey("last"));
      assertThat(watcher.changes())
          .containsExactly(new PresenceDiff.Change("last", last.meta(), null));
    }
    clusterFixture.running().forEach(node -> assertThat(node.node().repairs()).isZero());
  }

  @Test
  void nodesThatRestartOneAfterTheOtherWhileTheirUsersMoveCauseNoDiff() {
    LocalNode three = clusterFixture.start();
    List<LocalPeer> peers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      peers.add(join(i % 2 == 0 ? one : two, i));
    }
    awaitUsers(three, 30);
    try (Watcher watcher = new Watcher(three.node().tracker(), ROOM)) {
      for (LocalNode node : List.of(one, two)) {
        LocalNode other = node.equals(one) ? two : three;
        Thread closing = new Thread(() -> clusterFixture.stop(node));
        List<Integer> moving = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
          if (node.equals(two) || i % 2 == 0) {
            moving.add(i);
          }
        }
        closing.start();
        for (int i : moving) {
          assertThat(peers.get(i).closeCode()).isEqualTo(CloseCode.DRAINING);
          peers.set(i, join(other, i));
        }
        joinThread(closing);
      }
      assertThat(watcher.changes()).isEmpty();
      assertThat(watcher.state()).hasSize(30);
    }
  }

  private static void joinThread(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static LocalPeer join(LocalNode node, int user) {
    LocalPeer peer = node.connect("2.0.0", Optional.of("u" + user), List.of());
    peer.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("ok");
    // The answer to a heartbeat comes when the join is done.
    assertThat(peer.drain()).isNotNull();
    return peer;
  }
}
