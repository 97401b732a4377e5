package org.rollcall.cdi;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.config.Settings;
import org.rollcall.count.CountRounding;
import org.rollcall.count.Counts;
import org.rollcall.presence.GracePeriod;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.LoneCounts;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryRules;
import org.rollcall.testing.MemoryStore;

/** The Java API on top of a node whose threads and time are the test's. */
class TrackedFixture {
  static final GracePeriod GRACE = new GracePeriod(Duration.ofSeconds(10), Duration.ofSeconds(2));

  final ManualExecutor executor = new ManualExecutor();
  final MemoryStore store = new MemoryStore();
  final MemoryRules stored = new MemoryRules();
  final LoneCounts others = new LoneCounts();
  final List<Runnable> alarms = new ArrayList<>();
  final WorkerThreads tools =
      new WorkerThreads(
          executor, executor, (task, delay) -> alarms.add(task), () -> Instant.ofEpochSecond(7));
  final Tracker tracker = new Tracker(store, Membership.alone("node-1"), GRACE, tools);
  final VisibilityRules rules = new VisibilityRules(stored, Optional.empty(), tools);
  final Settings settings = Settings.read(name -> Optional.empty());
  long nanos;
  final Counts counts =
      new Counts(
          others,
          new Counts.Telling(Duration.ofSeconds(1), CountRounding.NONE),
          executor,
          tools.scheduler(),
          () -> nanos);
  final TrackedPresences tracked =
      new TrackedPresences(tracker, counts, rules, settings.channels());
  final ServingNode node = new ServingNode(tracker, counts, tracked, settings.channels());
  final LivePresence presence = new LivePresence(() -> node);

  TrackedFixture() {
    rules.listen(tracked::rulesChanged);
  }

  static JsonObject meta(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  /** Makes a rule, and has everybody follow it. */
  void make(VisibilityRule rule) throws Exception {
    rules.make(rule, VisibilityRules.FOREVER);
    executor.runAll();
  }

  void lift(VisibilityRule rule) throws Exception {
    rules.lift(rule);
    executor.runAll();
  }

  /** Returns how many entries are stored, on any topic. */
  int entries() {
    List<Object> all = new ArrayList<>();
    store.forEach(all::add);
    return all.size();
  }
}
