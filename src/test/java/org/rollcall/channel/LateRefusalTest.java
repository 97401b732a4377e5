package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.Serializer;
import org.rollcall.social.FriendsUnavailable;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** A refused join is answered five seconds later, in the order that clients rely on. */
class LateRefusalTest {
  private static final Duration DELAY = Duration.ofSeconds(5);
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
  void whoMayNotJoinIsToldLate() {
    join(1, "user:bob");
    assertLate(refused("\"11\"", 1, "user:bob", "unauthorized"));
  }

  @Test
  void aTopicThatIsNoChannelIsToldLate() {
    join(1, "nothing:here");
    assertLate(refused("null", 1, "nothing:here", "unmatched topic"));
  }

  @Test
  void aSourceOfFriendsThatFailsIsToldLate() {
    join(1, "user:ada");
    assertLate(refused("\"11\"", 1, "user:ada", "friends unavailable"));
  }

  @Test
  void oneChannelTooManyIsToldLate() {
    join(1, "count:1");
    join(2, "count:2");
    assertThat(answers()).hasSize(4);
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
    join(1, "user:bob");
    node.pass(MOMENT);
    join(2, "user:bob");
    assertThat(answers()).containsExactly(refused("\"11\"", 1, "user:bob", "unauthorized"));
    assertLate(refused("\"12\"", 2, "user:bob", "unauthorized"));
  }

  @Test
  void anEventMeanwhileIsAnsweredAfterTheRefusal() {
    join(1, "nothing:here");
    ada.send("[\"11\",\"2\",\"nothing:here\",\"x\",{}]");
    assertThat(answers())
        .containsExactly(
            refused("null", 1, "nothing:here", "unmatched topic"),
            refused("null", 2, "nothing:here", "unmatched topic"));
  }

  @Test
  void aJoinThatReplacedAnotherIsRefusedBeforeTheOtherIsClosed() {
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
      join(i, "nothing:" + i);
    }
    assertThat(answers()).hasSize(2).allMatch(frame -> frame.matches(".*nothing:[56].*"));
    node.pass(DELAY);
    assertThat(answers()).hasSize(4);
  }

  @Test
  void theSocketGoesOnMeanwhileAndWhatIsRefusedIsNoChannel() {
    join(1, "user:bob");
    join(2, "user:carl");
    join(3, "count:1");
    join(4, "count:2");
    ada.send("[null,\"5\",\"phoenix\",\"heartbeat\",{}]");
    assertThat(answers()).hasSize(5).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void aSocketThatEndsMeanwhileIsToldNothing() {
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
    old.send("{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
    assertThat(node.answers(old)).isEmpty();
    node.pass(DELAY);
    assertThat(node.answers(old))
        .containsExactly(
            "{\"topic\":\"room:1\",\"event\":\"phx_reply\",\"payload\":{\"status\":\"error\","
                + "\"response\":{\"reason\":\"unauthorized\"}},\"ref\":\"1\"}");
  }
}
