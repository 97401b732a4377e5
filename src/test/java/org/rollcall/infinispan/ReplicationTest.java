package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.Watcher;

@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplicationTest extends TwoNodeFixture {
  private static final Topic ROOM = new Topic("room:1");
  private static final Topic COUNT = new Topic("count:1");
  private static final int CROWD = 100_000;

  ReplicationTest() {
    super("PT0S");
  }

  private static TrackedEntry track(LocalNode node, String key) {
    return node.node().tracker().track(ROOM, key, Meta.of(1, ""), () -> true);
  }

  private static List<PresenceEntry.Id> ids(LocalNode node) {
    List<PresenceEntry.Id> ids = new ArrayList<>();
    node.node().caches().entries().forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  @Test
  void aJoinAnUpdateAndALeaveAreToldOnceOnEveryNode() {
    try (Watcher here = new Watcher(one.node().tracker(), ROOM);
        Watcher there = new Watcher(two.node().tracker(), ROOM)) {
      TrackedEntry entry = track(one, "ada");
      for (Watcher watcher : List.of(here, there)) {
        Await.until(
            () -> assertThat(watcher.state()).isEqualTo(Map.of("ada", Set.of(entry.meta().ref()))));
      }
      entry.update(Meta.of(1, "\"n\":2"));
      for (Watcher watcher : List.of(here, there)) {
        Await.until(() -> assertThat(watcher.changes()).hasSize(2));
      }
      entry.end(LeaveReason.LEFT);
      for (Watcher watcher : List.of(here, there)) {
        Await.until(() -> assertThat(watcher.changes()).hasSize(3));
        assertThat(watcher.state()).isEmpty();
      }
    }
    assertThat(one.node().repairs()).isZero();
  }

  @Test
  void aUserOnTwoNodesHasTwoMetas() {
    track(one, "ada");
    track(two, "ada");
    for (LocalNode node : clusterFixture.running()) {
      Await.until(() -> assertThat(node.node().tracker().list(ROOM).metas().get("ada")).hasSize(2));
    }
  }

  @Test
  void aNodeThatDiesLeavesNothingBehind() {
    TrackedEntry lives = track(two, "ben");
    try (Watcher watcher = new Watcher(two.node().tracker(), ROOM)) {
      track(one, "ada");
      track(one, "cy");
      Await.until(() -> assertThat(watcher.state()).hasSize(3));
      clusterFixture.crash(one);
      Await.until(() -> assertThat(watcher.state()).containsOnlyKeys("ben"));
      assertThat(watcher.changes())
          .filteredOn(change -> change.left() != null)
          .extracting(PresenceDiff.Change::key)
          .containsExactlyInAnyOrder("ada", "cy");
      Await.until(() -> assertThat(ids(two)).containsExactly(lives.entry().id()));
      assertThat(two.node().caches().entries().get(lives.entry().id())).isEqualTo(lives.entry());
    }
  }

  @Test
  void aNodeThatHasDiedIsInNoCache() {
    track(one, "ada");
    one.node().counts().enter(COUNT, Count.Kind.USER, new CountWatcher());
    Map<String, String> dying = Map.of(one.node().caches().members().self(), "one");
    Await.until(
        () ->
            assertThat(StaleEntries.inCaches(two, dying))
                .anyMatch(text -> text.contains(CacheConfigurations.ENTRIES))
                .anyMatch(text -> text.contains(CacheConfigurations.COUNTS))
                .anyMatch(text -> text.contains(CacheConfigurations.NODES)));
    clusterFixture.crash(one);
    Await.until(() -> assertThat(StaleEntries.of(two, clusterFixture)).isEmpty());
    assertThat(two.node().counts().count(COUNT)).isEqualTo(Count.ZERO);
  }

  @Test
  void aNodeThatJoinsACrowdUnderLoadHasWholeStatesAndMissesNothing() throws InterruptedException {
    clusterFixture.stop(two);
    for (int i = 0; i < CROWD; i++) {
      one.node()
          .tracker()
          .track(new Topic("room:crowd" + i % 1000), "u" + i, Meta.of(1, ""), () -> true);
    }
    AtomicBoolean loading = new AtomicBoolean(true);
    List<TrackedEntry> tracked = new ArrayList<>();
    Thread load =
        new Thread(
            () -> {
              for (int i = 0; loading.get() || i < 2000; i++) {
                TrackedEntry entry = track(one, "k" + i % 50);
                if (i % 3 == 0) {
                  entry.end(LeaveReason.LEFT);
                } else {
                  tracked.add(entry);
                }
              }
            });
    load.start();
    LocalNode three = clusterFixture.start();
    try (Watcher watcher = new Watcher(three.node().tracker(), ROOM)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(three.node().tracker().list(new Topic("room:crowd" + i)).metas())
            .hasSize(CROWD / 1000);
      }
      loading.set(false);
      load.join();
      Map<String, Set<String>> truth = new TreeMap<>();
      tracked.forEach(
          entry ->
              truth
                  .computeIfAbsent(entry.entry().id().key(), any -> new TreeSet<>())
                  .add(entry.meta().ref()));
      Await.until(() -> assertThat(watcher.state()).isEqualTo(truth));
    }
    assertThat(one.node().repairs() + three.node().repairs()).isZero();
  }
}
