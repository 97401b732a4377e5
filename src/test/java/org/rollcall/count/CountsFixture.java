package org.rollcall.count;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;
import org.rollcall.testing.ManualExecutor;

/** Counts whose time passes when a test says so, with a store that holds what a test puts in. */
class CountsFixture {
  static final Topic TOPIC = new Topic("count:1");
  static final Duration INTERVAL = Duration.ofSeconds(1);

  final ManualExecutor executor = new ManualExecutor();
  final FakeStore store = new FakeStore();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private long now = 1_000_000_000_000L;
  final Counts counts =
      new Counts(
          store,
          new Counts.Telling(INTERVAL, CountRounding.NONE),
          executor,
          (task, delay) -> alarms.add(new Alarm(now + delay.toNanos(), task)),
          () -> now);

  private record Alarm(long at, Runnable task) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      return Long.compare(at, other.at);
    }
  }

  static final class FakeStore implements CountStore {
    final Map<Topic, NodeCount> published = new HashMap<>();
    int writes;
    OtherNodes otherNodes = OtherNodes.NONE;
    @Nullable Consumer<Topic> changed;

    @Override
    public void publish(Topic topic, NodeCount nodeCount) {
      published.put(topic, nodeCount);
      writes++;
    }

    @Override
    public OtherNodes others(Topic topic) {
      return otherNodes;
    }

    @Override
    public Set<Topic> topics() {
      return published.keySet();
    }

    @Override
    public void listen(Consumer<Topic> listener) {
      changed = listener;
    }
  }

  /** A client that adds and subtracts, as the article's reducer does. */
  static final class Client implements CountSubscriber {
    Count shown = Count.ZERO;
    int diffs;

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void onState(Count state) {
      shown = state;
    }

    @Override
    public void onDiff(Change change) {
      shown = shown.plus(change.to().minus(change.from()));
      diffs++;
    }
  }

  /** Lets time pass, and what is due happen at its time. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    executor.runAll();
    while (!alarms.isEmpty() && alarms.peek().at() <= end) {
      Alarm next = alarms.remove();
      now = Math.max(now, next.at());
      next.task().run();
      executor.runAll();
    }
    now = end;
  }
}
