package org.rollcall.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryStore;

/** A tracker whose threads and time are the test's. */
class TrackerFixture {
  static final Topic ROOM = new Topic("room:1");
  static final GracePeriod GRACE = new GracePeriod(Duration.ofSeconds(10), Duration.ofSeconds(2));

  final Map<Duration, Runnable> alarms = new HashMap<>();
  final ManualExecutor executor = new ManualExecutor();
  final MemoryStore store = new MemoryStore();
  final List<PresenceDiff> diffs = new ArrayList<>();
  long now = 1_700_000_000_000L;
  final Tracker tracker = tracker("node-1");

  Tracker tracker(String node) {
    return new Tracker(
        store,
        Membership.alone(node),
        GRACE,
        new WorkerThreads(
            executor,
            executor,
            (task, delay) -> alarms.put(delay, task),
            () -> Instant.ofEpochMilli(now)));
  }

  static Meta meta(String given) {
    return Meta.of(1_700_000_000, given);
  }

  TrackedEntry track(String key) {
    return tracker.track(ROOM, key, meta(""), () -> true);
  }

  /** Lets the time pass that an alarm waits for. */
  void pass(Duration time) {
    executor.runAll();
    now += time.toMillis();
    Objects.requireNonNull(alarms.remove(time)).run();
    executor.runAll();
  }
}
