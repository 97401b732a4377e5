package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.FriendsUnavailable;
import org.rollcall.protocol.Serializer;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/**
 * The first refusal of a topic is answered at once, the next ones three seconds later, in the order
 * that clients rely on.
 */
class LateRefusalTest {
  private static final Duration DELAY = Duration.ofSeconds(3);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private boolean failing = true;

  private final ManualNode node =
      new ManualNode(
          Map.of("rollcall.limits.channels", "2"),
          user -> {
            if (failing) {
              throw new FriendsUnavailable("expected by the test", null);
            }
            return Set.of();
          });
  private final LocalPeer ada = node.connect(Optional.of("ada"));

  private List<String> answers() {
    return node.answers(ada);
  }

  private void join(int number, String topic) {
    ada.send("[\"1%d\",\"%d\",\"%s\",\"phx_join\",{}]".formatted(number, number, topic));
  }

  /** Has the first refusal of topics, which is answered at once, behind. */
  private void refusedBefore(String... topics) {
    for (String topic : topics) {
      join(0, topic);
      assertThat(answers()).hasSize(1).allMatch(frame -> frame.contains("error"));
    }
  }

  private static String refused(String joinRef, int number, String topic, String reason) {
    return "[%s,\"%d\",\"%s\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"%s\"}}]"
        .formatted(joinRef, number, topic, reason);
  }

  private void assertLate(String answer) {
    node.pass(DELAY.minus(MOMENT));
    assertThat(answers()).isEmpty();
    node.pass(MOMENT);
    assertThat(answers()).containsExactly(answer);
    node.pass(DELAY.multipliedBy(2));
    assertThat(answers()).isEmpty();
    assertThat(node.alarms()).isZero();
  }

  @Test
  void theFirstRefusalIsAtOnceAndLaterOnesAreLate() {
    join(0, "user:bob");
    assertThat(answers()).containsExactly(refused("\"10\"", 0, "user:bob", "unauthorized"));
    join(1, "user:bob");
    assertLate(refused("\"11\"", 1, "user:bob", "unauthorized"));
  }

  @Test
  void aTopicThatIsNoChannelIsToldAtOnceAndThenLate() {
    join(0, "nothing:here");
    assertThat(answers()).containsExactly(refused("null", 0, "nothing:here", "unmatched topic"));
    join(1, "nothing:here");
    assertLate(refused("null", 1, "nothing:here", "unmatched topic"));
  }

  @Test
  void aSourceOfFriendsThatFailsIsToldAtOnceAndThenLate() {
    refusedBefore("user:ada");
    join(1, "user:ada");
    assertLate(refused("\"11\"", 1, "user:ada", "friends unavailable"));
  }

  @Test
  void oneChannelTooManyIsToldAtOnceAndThenLate() {
    join(1, "count:1");
    join(2, "count:2");
    assertThat(answers()).hasSize(4);
    refusedBefore("count:3");
    join(3, "count:3");
    assertLate(refused("\"13\"", 3, "count:3", "too many channels joined"));
  }

  @Test
  void aMistakeOfTheClientIsToldAtOnce() {
    ada.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{\"meta\":1}]");
    assertThat(answers()).hasSize(1).allMatch(frame -> frame.contains("invalid meta"));
  }

  @Test
  void aLeaveMeanwhileIsAnsweredAfterTheRefusal() {
    refusedBefore("user:bob");
    join(1, "user:bob");
    ada.send("[\"11\",\"2\",\"user:bob\",\"phx_leave\",{}]");
    assertThat(answers())
        .containsExactly(
            refused("\"11\"", 1, "user:bob", "unauthorized"),
            "[\"11\",\"2\",\"user:bob\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
    node.pass(DELAY);
    assertThat(answers()).isEmpty();
  }

  @Test
  void aNewJoinMeanwhileIsAnsweredAfterTheRefusalAndLateItself() {
    refusedBefore("user:bob");
    join(1, "user:bob");
    node.pass(MOMENT);
    join(2, "user:bob");
    assertThat(answers()).containsExactly(refused("\"11\"", 1, "user:bob", "unauthorized"));
    assertLate(refused("\"12\"", 2, "user:bob", "unauthorized"));
  }

  @Test
  void anEventMeanwhileIsAnsweredAfterTheRefusal() {
    refusedBefore("nothing:here");
    join(1, "nothing:here");
    ada.send("[\"11\",\"2\",\"nothing:here\",\"x\",{}]");
    assertThat(answers())
        .containsExactly(
            refused("null", 1, "nothing:here", "unmatched topic"),
            refused("null", 2, "nothing:here", "unmatched topic"));
  }

  @Test
  void aJoinThatReplacedAnotherIsRefusedBeforeTheOtherIsClosed() {
    refusedBefore("user:ada");
    failing = false;
    join(1, "user:ada");
    assertThat(answers()).hasSize(3);
    failing = true;
    join(2, "user:ada");
    assertThat(answers()).isEmpty();
    node.pass(DELAY);
    assertThat(answers())
        .containsExactly(
            refused("\"12\"", 2, "user:ada", "friends unavailable"),
            "[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]");
  }

  @Test
  void theFifthThatWaitsIsAnsweredAtOnce() {
    for (int i = 1; i <= 6; i++) {
      refusedBefore("nothing:" + i);
    }
    for (int i = 1; i <= 6; i++) {
      join(i, "nothing:" + i);
    }
    assertThat(answers()).hasSize(2).allMatch(frame -> frame.matches(".*nothing:[56].*"));
    node.pass(DELAY);
    assertThat(answers()).hasSize(4);
  }

  /** A client that tries ever new topics is slowed down like one that tries the same. */
  @Test
  void theFirstRefusalIsAtOnceForSixteenTopicsOfAConnection() {
    for (int i = 1; i <= 16; i++) {
      refusedBefore("nothing:" + i);
    }
    join(17, "nothing:17");
    assertLate(refused("null", 17, "nothing:17", "unmatched topic"));
  }

  @Test
  void aTopicTooLongForANameIsNotKept() {
    String topic = "room:" + "x".repeat(60_000);
    for (int i = 1; i <= 9; i++) {
      join(i, topic);
      assertThat(answers()).hasSize(1);
    }
    assertThat(node.alarms()).isZero();
  }

  @Test
  void theSocketGoesOnMeanwhileAndWhatIsRefusedIsNoChannel() {
    refusedBefore("user:bob", "user:carl");
    join(1, "user:bob");
    join(2, "user:carl");
    join(3, "count:1");
    join(4, "count:2");
    ada.send("[null,\"5\",\"phoenix\",\"heartbeat\",{}]");
    assertThat(answers()).hasSize(5).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void aSocketThatEndsMeanwhileIsToldNothing() {
    refusedBefore("user:bob");
    join(1, "user:bob");
    node.pass(MOMENT);
    ada.close();
    node.pass(DELAY);
    assertThat(answers()).isEmpty();
    assertThat(node.alarms()).isZero();
  }

  @Test
  void theFirstVersionIsRefusedLateToo() {
    LocalPeer old = node.connect(Optional.empty(), Serializer.V1);
    old.send("{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"0\"}");
    assertThat(node.answers(old)).hasSize(1);
    old.send("{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
    assertThat(node.answers(old)).isEmpty();
    node.pass(DELAY);
    assertThat(node.answers(old))
        .containsExactly(
            "{\"topic\":\"room:1\",\"event\":\"phx_reply\",\"payload\":{\"status\":\"error\","
                + "\"response\":{\"reason\":\"unauthorized\"}},\"ref\":\"1\"}");
  }
}
