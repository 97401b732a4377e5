package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryStore;

/** Updates are told at an interval, joins and leaves at once, and in the end all is told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PacedUpdatesTest {
  private static final Topic ROOM = new Topic("room:1");
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private record Alarm(long time, Runnable task) {}

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::time));
  private final ManualExecutor executor = new ManualExecutor();
  private final Map<String, Set<String>> folded = new TreeMap<>();
  private final Map<String, List<Long>> updates = new HashMap<>();
  private long now = 1_700_000_000_000L;
  private final Tracker tracker =
      new Tracker(
          new MemoryStore(),
          Membership.alone("node-1"),
          GracePeriod.NONE,
          new WorkerThreads(
              executor,
              executor,
              (task, delay) -> alarms.add(new Alarm(now + delay.toMillis(), task)),
              () -> Instant.ofEpochMilli(now)),
          INTERVAL);

  private void pass(long millis) {
    long end = now + millis;
    while (!alarms.isEmpty() && alarms.element().time() <= end) {
      now = Math.max(now, alarms.element().time());
      alarms.remove().task().run();
      executor.runAll();
    }
    now = end;
  }

  private void take(PresenceDiff diff) {
    Set<String> updated = new TreeSet<>();
    for (PresenceDiff.Change change : diff.changes()) {
      Meta left = change.left();
      Meta joined = change.joined();
      Set<String> refs = folded.computeIfAbsent(change.key(), key -> new TreeSet<>());
      if (left != null) {
        assertThat(refs.remove(left.ref())).as("a leave of what was told").isTrue();
      }
      if (joined != null) {
        refs.add(joined.ref());
      }
      if (left != null && joined != null) {
        updated.add(change.key());
      }
      if (refs.isEmpty()) {
        folded.remove(change.key());
      }
    }
    updated.forEach(key -> updates.computeIfAbsent(key, any -> new ArrayList<>()).add(now));
  }

  private static Map<String, Set<String>> refs(Iterable<TrackedEntry> entries) {
    Map<String, Set<String>> refs = new TreeMap<>();
    entries.forEach(
        entry ->
            refs.computeIfAbsent(entry.id().key(), key -> new TreeSet<>()).add(entry.meta().ref()));
    return refs;
  }

  private static Map<String, Integer> sizes(Map<String, Set<String>> refs) {
    Map<String, Integer> sizes = new TreeMap<>();
    refs.forEach((key, all) -> sizes.put(key, all.size()));
    return sizes;
  }

  @Test
  void inTheEndTheTruthIsToldAndUpdatesNeverFasterThanTheInterval() {
    Subscription subscription = tracker.subscribe(ROOM, this::take);
    for (long seed = 0; seed < 300; seed++) {
      walk(new Random(seed), "seed " + seed);
    }
    subscription.close();
    updates
        .values()
        .forEach(
            times -> {
              for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).isNotNegative();
                assertThat(times.get(i) - times.get(i - 1))
                    .isGreaterThanOrEqualTo(INTERVAL.toMillis());
              }
            });
  }

  private void walk(Random random, String name) {
    Map<String, TrackedEntry> truth = new HashMap<>();
    for (int step = 0; step < 80; step++) {
      String connection = "c" + random.nextInt(5);
      TrackedEntry entry = truth.get(connection);
      switch (random.nextInt(6)) {
        case 0 -> pass(random.nextInt(60));
        case 1 -> {
          if (entry != null) {
            entry.end(LeaveReason.LEFT);
            truth.remove(connection);
          }
        }
        case 2 -> {
          executor.runAll();
          assertThat(sizes(folded)).as(name).isEqualTo(sizes(refs(truth.values())));
        }
        default -> {
          Meta meta = Meta.of(1, "\"n\":" + step);
          if (entry == null) {
            truth.put(connection, tracker.track(ROOM, "k" + random.nextInt(3), meta, () -> true));
          } else {
            entry.update(meta);
          }
        }
      }
    }
    executor.runAll();
    pass(2 * INTERVAL.toMillis());
    assertThat(folded).as(name).isEqualTo(refs(truth.values()));
    truth.values().forEach(entry -> entry.end(LeaveReason.LEFT));
    executor.runAll();
    assertThat(folded).as(name).isEmpty();
    assertThat(alarms).as(name).isEmpty();
  }
}
