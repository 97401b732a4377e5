package org.rollcall.presence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Measures a change of a topic: the comparison with what is known, and the diff that it makes. */
@State(Scope.Benchmark)
public class TopicStateBenchmark {
  private static final int ENTRIES = 20;
  private static final Topic TOPIC = new Topic("room:lobby");

  private final TopicState state = new TopicState(TOPIC, new LongAdder());
  private final PresenceEntry.Id changing = id(0);
  private final Meta here = Meta.of(1_700_000_000, "");
  private final Meta away = here.with("\"status\":\"away\"");
  private PresenceDiff last = new PresenceDiff(TOPIC, 0, List.of());
  private boolean isAway;

  /** Fills the topic. */
  public TopicStateBenchmark() {
    for (int i = 0; i < ENTRIES; i++) {
      state.update(Map.of(id(i), here), (limit, key) -> Duration.ZERO);
    }
    state.add(diff -> last = diff);
  }

  private static PresenceEntry.Id id(int user) {
    return new PresenceEntry.Id(TOPIC, "u" + user, "c" + user);
  }

  /** Changes the meta of one entry. */
  @Benchmark
  public void oneChangeAmong20Entries(Blackhole blackhole) {
    isAway = !isAway;
    state.update(Map.of(changing, isAway ? away : here), (limit, key) -> Duration.ZERO);
    blackhole.consume(last);
  }
}
