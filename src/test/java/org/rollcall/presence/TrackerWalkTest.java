package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random walks: the state that a client folds equals the store's. */
class TrackerWalkTest extends TrackerFixture {
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
    Map<String, TrackedEntry> truth = new HashMap<>();
    Map<String, Set<String>> folded = new TreeMap<>();
    Subscription subscription = tracker.subscribe(topic, diffs::add);
    long base = 0;
    for (int step = 0; step < 60; step++) {
      String connection = "c" + random.nextInt(5);
      TrackedEntry entry = truth.get(connection);
      switch (random.nextInt(4)) {
        case 0 -> executor.runAll();
        case 1 -> {
          if (entry != null) {
            entry.end(LeaveReason.LEFT);
            truth.remove(connection);
          }
        }
        default -> {
          if (entry == null) {
            String key = "k" + random.nextInt(3);
            truth.put(connection, tracker.track(topic, key, meta(""), () -> true));
          } else {
            entry.update(meta("\"n\":" + step));
          }
        }
      }
      if (step == 30) {
        PresenceState presenceState = subscription.presenceState();
        base = presenceState.version();
        folded.clear();
        presenceState
            .metas()
            .forEach((key, metas) -> metas.forEach(meta -> join(folded, key, meta)));
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
