package org.rollcall.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** A client that sends faster than it may: five seconds' worth at once, then so much a second. */
class MessageRateLimitTest {
  private static final String HEARTBEAT = "[null,\"h\",\"phoenix\",\"heartbeat\",{}]";

  private final ManualNode node =
      new ManualNode(Map.of("rollcall.limits.joins", "2", "rollcall.limits.events", "3"));
  private final LocalPeer peer = node.connect(Optional.of("ada"));

  private List<String> answers() {
    return node.answers(peer);
  }

  private static String join(int number) {
    return "[\"%d\",\"%d\",\"count:%d\",\"phx_join\",{\"track\":false}]"
        .formatted(number, number, number);
  }

  private void join(int from, int to) {
    for (int i = from; i <= to; i++) {
      peer.send(join(i));
    }
  }

  private static String limited(String joinRef, String ref, String topic, String detail) {
    return "[\"%s\",\"%s\",\"%s\",\"phx_reply\",{\"status\":\"error\",\"response\":"
            .formatted(joinRef, ref, topic)
        + "{\"reason\":\"rate limited\",\"detail\":\""
        + detail
        + "\"}}]";
  }

  @Test
  void aJoinPastTheRateIsAnErrorThatNamesTheLimit() {
    join(1, 10);
    assertThat(answers()).hasSize(20).noneMatch(frame -> frame.contains("error"));
    join(11, 11);
    assertThat(answers())
        .containsExactly(
            limited(
                "11",
                "11",
                "count:11",
                "expected at most 2 joins a second (rollcall.limits.joins)"));
    node.pass(Duration.ofMillis(500));
    join(12, 13);
    assertThat(answers().stream().filter(frame -> frame.contains("\"ok\""))).hasSize(1);
  }

  @Test
  void aJoinPastTheRateLeavesTheEarlierOfItsTopicAlone() {
    peer.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
    join(2, 10);
    answers();
    peer.send("[\"11\",\"11\",\"room:1\",\"phx_join\",{}]");
    assertThat(answers()).hasSize(1).allMatch(frame -> frame.contains("rate limited"));
    peer.send("[\"1\",\"12\",\"room:1\",\"update\",{\"status\":\"away\"}]");
    assertThat(answers()).hasSize(2).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void anEventPastTheRateIsAnErrorAndNothingElseIsLost() {
    peer.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
    answers();
    for (int i = 0; i < 15; i++) {
      peer.send("[\"1\",\"" + i + "\",\"room:1\",\"update\",{\"i\":" + i + "}]");
    }
    assertThat(answers()).noneMatch(frame -> frame.contains("error"));
    peer.send("[\"1\",\"15\",\"room:1\",\"update\",{\"i\":15}]");
    assertThat(answers())
        .containsExactly(
            limited(
                "1",
                "15",
                "room:1",
                "expected at most 3 events a second (rollcall.limits.events)"));
    peer.send("[\"1\",\"16\",\"room:1\",\"phx_leave\",{}]");
    assertThat(answers()).hasSize(2).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void anEventOnATopicThatIsNotJoinedCountsToo() {
    for (int i = 0; i < 16; i++) {
      peer.send("[null,\"" + i + "\",\"nothing\",\"x\",{}]");
    }
    List<String> all = answers();
    assertThat(all.subList(0, 15)).allMatch(frame -> frame.contains("unmatched topic"));
    assertThat(all.get(15)).contains("rate limited");
  }

  @Test
  void heartbeatsAndLeavesHaveNoRate() {
    for (int i = 0; i < 40; i++) {
      peer.send(HEARTBEAT);
      peer.send("[null,\"l\",\"nothing\",\"phx_leave\",{}]");
    }
    assertThat(answers()).hasSize(80).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void aClientFarAboveItsRatesFloods() {
    for (int i = 0; i < 100; i++) {
      peer.send(HEARTBEAT);
    }
    assertThat(answers()).hasSize(100);
    assertThat(peer.isClosed()).isFalse();
    peer.send(HEARTBEAT);
    assertThat(peer.closeCode()).isEqualTo(CloseCode.FLOOD);
    assertThat(node.sockets().size()).isZero();
  }

  @Test
  void aClientBelowFourTimesBothRatesStays() {
    List<String> all = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 20; i++) {
        peer.send(HEARTBEAT);
      }
      all.addAll(answers());
      node.pass(Duration.ofSeconds(1));
    }
    assertThat(all).hasSize(1200);
    assertThat(peer.isClosed()).isFalse();
  }
}
