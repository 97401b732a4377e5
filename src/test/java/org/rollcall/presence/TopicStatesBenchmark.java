package org.rollcall.presence;

import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Measures the subscribers of a topic whom many watch: how they come and go, and are told. */
@State(Scope.Benchmark)
public class TopicStatesBenchmark {
  private static final int SUBSCRIBERS = 2_000;
  private static final Topic TOPIC = Topic.ofUser("u0");
  private static final PresenceEntry.Id USER = new PresenceEntry.Id(TOPIC, "u0", "c0");

  private final TopicStates states = new TopicStates();
  private final Meta here = Meta.of(1_700_000_000, "");
  private final Meta away = here.with("\"status\":\"away\"");
  private long received;
  private boolean isAway;

  /** Subscribes everyone. */
  public TopicStatesBenchmark() {
    for (int i = 0; i < SUBSCRIBERS; i++) {
      states.subscribe(TOPIC, new Counting());
    }
  }

  /** One of the subscribers, each of whom is an object of its own. */
  private final class Counting implements Subscriber {
    @Override
    public void onDiff(PresenceDiff diff) {
      received += diff.version();
    }
  }

  /** Subscribes to a topic that has subscribers, and unsubscribes. */
  @Benchmark
  public void subscribeAndUnsubscribe(Blackhole blackhole) {
    Subscriber subscriber = new Counting();
    states.subscribe(TOPIC, subscriber);
    blackhole.consume(states.unsubscribe(TOPIC, subscriber));
  }

  /** Changes an entry, and sends the diff to all subscribers. */
  @Benchmark
  public long tell2000Subscribers() {
    isAway = !isAway;
    Map<PresenceEntry.Id, Meta> now = Map.of(USER, isAway ? away : here);
    states.with(TOPIC, state -> state.update(now, (limit, key) -> Duration.ZERO));
    return received;
  }
}
