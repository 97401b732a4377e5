package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryStore;

class TrackerTest {
  private static final Topic ROOM = new Topic("room:1");

  private final ManualExecutor executor = new ManualExecutor();
  private final MemoryStore store = new MemoryStore();
  private final Tracker tracker = new Tracker(store, "node-1", executor);
  private final List<PresenceDiff> diffs = new ArrayList<>();

  private Entry track(String key, String connection) {
    return tracker.track(ROOM, key, connection, Meta.of(""));
  }

  @Test
  void aJoinAndALeaveAreToldToSubscribers() {
    tracker.subscribe(ROOM, diffs::add);
    Entry entry = track("ada", "c1");
    executor.runAll();
    tracker.untrack(entry);
    executor.runAll();
    assertThat(diffs)
        .extracting(PresenceDiff::changes)
        .containsExactly(
            List.of(new PresenceDiff.Change("ada", entry.meta(), null)),
            List.of(new PresenceDiff.Change("ada", null, entry.meta())));
  }

  @Test
  void anUpdateIsOneChangeWithBothMetas() {
    Entry entry = track("ada", "c1");
    executor.runAll();
    tracker.subscribe(ROOM, diffs::add);
    Entry updated = tracker.update(entry, Meta.of("\"status\":\"away\""));
    executor.runAll();
    assertThat(diffs.get(0).changes())
        .containsExactly(new PresenceDiff.Change("ada", updated.meta(), entry.meta()));
  }

  @Test
  void whoCameAndWentUnnoticedIsNotTold() {
    tracker.subscribe(ROOM, diffs::add);
    tracker.untrack(track("ada", "c1"));
    executor.runAll();
    assertThat(diffs).isEmpty();
  }

  @Test
  void twoUpdatesInARowAreToldAsOneFromWhatWasKnown() {
    tracker.subscribe(ROOM, diffs::add);
    Entry first = track("ada", "c1");
    executor.runAll();
    Entry second = tracker.update(first, Meta.of("\"n\":2"));
    Entry third = tracker.update(second, Meta.of("\"n\":3"));
    executor.runAll();
    assertThat(diffs.get(1).changes())
        .containsExactly(new PresenceDiff.Change("ada", third.meta(), first.meta()));
  }

  @Test
  void leaveOfAReplacedEntryChangesNothing() {
    tracker.subscribe(ROOM, diffs::add);
    Entry first = track("ada", "c1");
    tracker.update(first, Meta.of("\"n\":2"));
    tracker.untrack(first);
    executor.runAll();
    assertThat(tracker.list(ROOM).metas().get("ada")).hasSize(1);
    assertThat(diffs).hasSize(1);
  }

  @Test
  void severalConnectionsOfAKeyAreSeveralMetasInTheirOrder() {
    Entry one = track("ada", "c1");
    Entry two = track("ada", "c2");
    executor.runAll();
    assertThat(tracker.list(ROOM).metas())
        .isEqualTo(Map.of("ada", List.of(one.meta(), two.meta())));
  }

  @Test
  void aClosedSubscriptionIsToldNothing() {
    tracker.subscribe(ROOM, diffs::add).close();
    track("ada", "c1");
    executor.runAll();
    assertThat(diffs).isEmpty();
  }

  @Test
  void aSubscriberThatFailsDoesNotKeepDiffsFromOthers() {
    tracker.subscribe(
        ROOM,
        diff -> {
          throw new IllegalStateException("expected by the test");
        });
    tracker.subscribe(ROOM, diffs::add);
    track("ada", "c1");
    executor.runAll();
    assertThat(diffs).hasSize(1);
  }

  @Test
  void entriesThatWereThereBeforeTheTrackerAreListed() {
    track("ada", "c1");
    Tracker late = new Tracker(store, "node-2", executor);
    executor.runAll();
    assertThat(late.list(ROOM).metas()).containsOnlyKeys("ada");
  }

  @Test
  void emptyTopicsLeaveNothingBehind() {
    Subscription subscription = tracker.subscribe(ROOM, diffs::add);
    Entry entry = track("ada", "c1");
    executor.runAll();
    assertThat(tracker.topics()).isEqualTo(1);
    tracker.untrack(entry);
    executor.runAll();
    subscription.close();
    assertThat(tracker.topics()).isZero();
  }

  @Test
  void aSnapshotAndTheDiffsOfHigherVersionsAreTheTruthAtEveryMoment() {
    for (long seed = 0; seed < 200; seed++) {
      walk(new Random(seed), seed);
      diffs.clear();
    }
  }

  /** Tracks, updates and untracks at random; a subscriber begins somewhere on the way. */
  private void walk(Random random, long seed) {
    Topic topic = new Topic("room:walk-" + seed);
    Map<String, Entry> truth = new HashMap<>();
    Map<String, Set<String>> folded = new TreeMap<>();
    Subscription subscription = tracker.subscribe(topic, diffs::add);
    long base = 0;
    for (int step = 0; step < 60; step++) {
      String connection = "c" + random.nextInt(5);
      Entry entry = truth.get(connection);
      switch (random.nextInt(4)) {
        case 0 -> executor.runAll();
        case 1 -> {
          if (entry != null) {
            tracker.untrack(entry);
            truth.remove(connection);
          }
        }
        default ->
            truth.put(
                connection,
                entry == null
                    ? tracker.track(topic, "k" + random.nextInt(3), connection, Meta.of(""))
                    : tracker.update(entry, Meta.of("")));
      }
      if (step == 30) {
        Snapshot snapshot = subscription.snapshot();
        base = snapshot.version();
        folded.clear();
        snapshot.metas().forEach((key, metas) -> metas.forEach(meta -> join(folded, key, meta)));
      }
    }
    executor.runAll();
    long from = base;
    diffs.stream().filter(diff -> diff.version() > from).forEach(diff -> fold(folded, diff));
    Map<String, Set<String>> expected = new TreeMap<>();
    truth.values().forEach(entry -> join(expected, entry.id().key(), entry.meta()));
    assertThat(folded).as("seed %s", seed).isEqualTo(expected);
    subscription.close();
  }

  private static void fold(Map<String, Set<String>> folded, PresenceDiff diff) {
    for (PresenceDiff.Change change : diff.changes()) {
      Meta left = change.left();
      Meta joined = change.joined();
      if (left != null) {
        Set<String> refs = folded.getOrDefault(change.key(), new TreeSet<>());
        assertThat(refs.remove(left.ref())).as("a leave of what is known").isTrue();
        if (refs.isEmpty()) {
          folded.remove(change.key());
        }
      }
      if (joined != null) {
        join(folded, change.key(), joined);
      }
    }
  }

  private static void join(Map<String, Set<String>> folded, String key, Meta meta) {
    folded.computeIfAbsent(key, any -> new TreeSet<>()).add(meta.ref());
  }
}
