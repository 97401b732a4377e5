package org.rollcall.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Push;
import org.rollcall.protocol.Serializer;

/** Measures how a diff and a state become the text of a frame. */
@State(Scope.Benchmark)
public class PresencePayloadBenchmark {
  private static final int FRIENDS = 20;
  private static final Topic TOPIC = Topic.ofUser("u0");

  private final List<PresenceDiff.Change> join =
      List.of(new PresenceDiff.Change("u0", Meta.of(1_700_000_000, ""), null));
  private final Map<String, List<Meta>> friends = new LinkedHashMap<>();

  /** Lets the friends be present. */
  public PresencePayloadBenchmark() {
    for (int i = 0; i < FRIENDS; i++) {
      friends.put("u" + i, List.of(Meta.of(1_700_000_000 + i, "")));
    }
  }

  /** Makes the frame of a diff, which a node does once for all its subscribers. */
  @Benchmark
  public String diffOfOneJoin() {
    PresenceDiff diff = new PresenceDiff(TOPIC, 1, join);
    return PresencePayload.Rendered.of(diff).broadcast(Serializer.V2);
  }

  /** Makes the first state of a user. */
  @Benchmark
  public String stateOf20Friends() {
    String payload = PresencePayload.state(friends);
    return Serializer.V2.encode(Push.of("\"4\"", "user:u0", Events.PRESENCE_STATE, payload));
  }
}
