package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StewardTest extends ClusteredWorld {
  private final Steward steward = new Steward(clustered, members, over -> {});

  private void audit() {
    now += 5000;
    steward.tick();
    executor.runAll();
  }

  private Entry of(String owner) {
    Entry entry = Entry.live(new Entry.Id(ROOM, "ben", Ref.next()), owner, meta(""));
    store.put(entry);
    return entry;
  }

  @Test
  void anOwnEntryThatTheStoreLostIsWrittenAgain() {
    Entry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.remove(entry);
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry);
    assertThat(steward.repairs()).isEqualTo(1);
  }

  @Test
  void anEntryThatThisNodeDoesNotHoldIsRemoved() {
    Entry ghost = of("node-1");
    audit();
    assertThat(store.get(ghost.id())).isNull();
  }

  @Test
  void whatIsReleasedDuringALookIsLeftForWhoeverComesBack() {
    Entry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.silently(() -> store.put(entry.with(meta("\"old\":true"))));
    store.afterPass(
        () -> {
          leaving = Set.of("node-1");
          clustered.end(entry, Departure.LOST);
        });
    audit();
    assertThat(store.get(entry.id())).isNotNull();
    assertThat(steward.repairs()).isZero();
  }

  @Test
  void anEntryOfANodeThatIsUpIsLeftAlone() {
    Entry entry = of("node-2");
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry);
    assertThat(steward.repairs()).isZero();
  }

  @Test
  void whatANodeLeftIsDroppedAfterTheGrace() {
    Entry entry = of("node-2");
    executor.runAll();
    up = List.of("node-1");
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry);
    now += GRACE.lost().toMillis();
    audit();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void whoLeavesWhileTheStoreFailsIsGoneOnceItWorksAgain() {
    Entry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.failing(() -> clustered.end(entry, Departure.LEFT));
    audit();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void whoIsLostWhileTheStoreFailsLingersAndIsGoneAfterTheGrace() {
    Entry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.failing(() -> clustered.end(entry, Departure.LOST));
    audit();
    assertThat(store.get(entry.id())).matches(Entry::isLost);
    Objects.requireNonNull(alarms.get(GRACE.lost())).run();
    executor.runAll();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void whatTheStoreDidNotTellOfIsFoundWithinEightySeconds() {
    List<Entry> theirs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Topic topic = new Topic("room:" + i);
      theirs.add(Entry.live(new Entry.Id(topic, "ben", Ref.next()), "node-2", meta("")));
    }
    now += 60_000;
    store.silently(() -> theirs.forEach(store::put));
    assertThat(theirs).allMatch(entry -> shown(entry).isEmpty());
    times(Follower.LANES, this::audit);
    assertThat(theirs).allMatch(entry -> shown(entry).equals(Map.of("ben", List.of(entry.meta()))));
    store.silently(() -> theirs.forEach(store::remove));
    times(Follower.LANES, this::audit);
    assertThat(theirs).allMatch(entry -> shown(entry).isEmpty());
  }

  private Map<String, List<Meta>> shown(Entry entry) {
    return clustered.list(entry.id().topic()).metas();
  }

  private static void times(int n, Runnable task) {
    for (int i = 0; i < n; i++) {
      task.run();
    }
  }

  @Test
  void anEntryThatALiveNodeTookOverIsTrackedAgainAndItsCallerDoesNotNotice() {
    Entry mine = clustered.track(ROOM, "ada", meta(""), () -> true);
    Entry theirs = Entry.live(mine.id(), "node-2", mine.meta());
    store.put(theirs);
    audit();
    assertThat(store.get(mine.id())).isEqualTo(theirs);
    assertThat(clustered.list(ROOM).metas().get("ada")).hasSize(2);
    clustered.end(mine, Departure.LEFT);
    audit();
    assertThat(store.get(mine.id())).isEqualTo(theirs);
    assertThat(clustered.list(ROOM).metas().get("ada")).containsExactly(theirs.meta());
  }

  @Test
  void aLingeringEntryThatAnotherNodeTookOverAndEndedStaysGone() {
    Entry mine = clustered.track(ROOM, "ada", meta(""), () -> true);
    clustered.end(mine, Departure.LOST);
    store.remove(mine.lost(Instant.ofEpochMilli(now)));
    audit();
    assertThat(store.get(mine.id())).isNull();
    assertThat(steward.repairs()).isZero();
  }
}
