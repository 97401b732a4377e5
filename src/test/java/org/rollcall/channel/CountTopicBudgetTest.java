package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.socket.BudgetFixture;
import org.rollcall.testing.LocalPeer;

/** How many topics of counts strangers bring to a node, each address and all together. */
@Timeout(20)
class CountTopicBudgetTest extends BudgetFixture {
  @Test
  void anAddressBringsSoManyTopicsAndJoinsOthersAsMuchAsItLikes() {
    LocalPeer peer = connect("192.0.2.1");
    LocalPeer same = connect("192.0.2.1");
    LocalPeer ada = connect("192.0.2.3", Optional.of(ada()));
    assertThat(answer(peer, "count:1")).contains("\"ok\"");
    assertThat(answer(peer, "count:2")).contains("\"ok\"");
    assertThat(answer(same, "count:3")).contains("\"ok\"");
    assertThat(answer(same, "count:4")).contains("too many topics");
    assertThat(node.counts().topics()).isEqualTo(3);
    // Known already: brought by oneself, or by others.
    assertThat(answer(same, "count:1")).contains("\"ok\"");
    assertThat(answer(ada, "count:5")).contains("\"ok\"");
    assertThat(answer(same, "count:5")).contains("\"ok\"");
    // Nobody is on it any more, and then somebody else.
    peer.close(1000);
    node.pass(Duration.ofSeconds(10));
    assertThat(answer(same, "count:4")).contains("\"ok\"");
    // The first one's topic is still there by the second.
    assertThat(answer(same, "count:6")).contains("too many topics");
  }

  @Test
  void joiningATopicAgainPaysForItAgain() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 1; i <= 3; i++) {
      assertThat(answer(peer, "count:" + i)).contains("\"ok\"");
      join(peer, "count:" + i);
      join(peer, "count:" + i);
    }
    node.pass(Duration.ofSeconds(10));
    assertThat(answer(peer, "count:4")).contains("too many topics");
  }

  @Test
  void aNodeTakesSoManyTopicsOfStrangersAndAllOfUsers() {
    for (int i = 1; i <= 8; i++) {
      assertThat(answer(connect("192.0.2." + i), "count:" + i)).contains("\"ok\"");
    }
    assertThat(answer(connect("192.0.2.9"), "count:9"))
        .contains(
            "\"reason\":\"too many topics\",\"detail\":\"expected at most 8 topics of counts on"
                + " this node (rollcall.limits.topics)\"");
    LocalPeer ada = connect("192.0.2.9", Optional.of(ada()));
    assertThat(answer(ada, "count:9")).contains("\"ok\"");
    assertThat(answer(connect("192.0.2.9"), "count:9")).contains("\"ok\"");
  }

  @Test
  void aUserAndStrangersInTurnBringNoMoreTopicsThanTheirAddressMayFollow() {
    LocalPeer first = connect("192.0.2.1");
    for (int round = 0; round < 4; round++) {
      LocalPeer ada = connect("192.0.2.2", Optional.of(ada()));
      for (int i = 0; i < 3; i++) {
        String topic = "count:" + round + "-" + i;
        assertThat(answer(ada, topic)).contains("\"ok\"");
        answer(first, topic);
      }
      ada.close(1000);
      node.pass(Duration.ofSeconds(10));
      limiter.check();
    }
    assertThat(node.counts().topics()).isEqualTo(3);
    LocalPeer ada = connect("192.0.2.2", Optional.of(ada()));
    assertThat(answer(ada, "count:new")).contains("\"ok\"");
    assertThat(answer(first, "count:new"))
        .contains(
            "\"reason\":\"too many topics\",\"detail\":\"expected at most 3 topics that users have"
                + " brought and your address has joined (rollcall.limits.topics.address), and 8 of"
                + " this node (rollcall.limits.topics)\"");
    // A budget of its own: what the address has brought is not less for it.
    assertThat(answer(first, "count:own")).contains("\"ok\"");
    // Until no stranger is on them.
    first.close(1000);
    node.pass(Duration.ofSeconds(10));
    assertThat(answer(connect("192.0.2.1"), "count:new")).contains("\"ok\"");
  }

  @Test
  void strangersFollowUsersToNoMoreTopicsThanANodeTakes() {
    LocalPeer ada = connect("192.0.2.100", Optional.of(ada()));
    for (int i = 0; i < 12; i++) {
      assertThat(answer(ada, "count:" + i)).contains("\"ok\"");
    }
    List<String> answers =
        IntStream.range(0, 12)
            .mapToObj(i -> answer(connect("192.0.2." + i), "count:" + i))
            .toList();
    assertThat(answers.subList(0, 8)).allMatch(answer -> answer.contains("\"ok\""));
    assertThat(answers.subList(8, 12)).allMatch(answer -> answer.contains("too many topics"));
    // Another stranger has paid for it.
    assertThat(answer(connect("192.0.2.11"), "count:0")).contains("\"ok\"");
  }

  @Test
  void anAddressIsRememberedWhileAStrangerIsOnATopicToWhichItFollowedAUser() {
    LocalPeer ada = connect("192.0.2.100", Optional.of(ada()));
    LocalPeer first = connect("192.0.2.1");
    LocalPeer second = connect("192.0.2.2");
    for (int i = 1; i <= 3; i++) {
      assertThat(answer(ada, "count:" + i)).contains("\"ok\"");
      assertThat(answer(first, "count:" + i)).contains("\"ok\"");
      assertThat(answer(second, "count:" + i)).contains("\"ok\"");
    }
    assertThat(answer(ada, "count:4")).contains("\"ok\"");
    first.close(1000);
    node.pass(Duration.ofSeconds(10));
    limiter.check();
    assertThat(answer(connect("192.0.2.1"), "count:4")).contains("too many topics");
  }

  private static void close(LocalPeer... peers) {
    for (LocalPeer peer : peers) {
      peer.close(1000);
    }
  }

  @Test
  void addressesThatTakeTurnsBringNoMoreThanTheirBudgets() {
    for (int round = 0; round < 4; round++) {
      LocalPeer first = connect("192.0.2.1");
      LocalPeer second = connect("192.0.2.2");
      for (int i = 0; i < 3; i++) {
        String topic = "count:" + round + "-" + i;
        answer(first, topic);
        answer(second, topic);
      }
      // Those of the second stay.
      close(first);
      node.pass(Duration.ofSeconds(10));
      limiter.check();
    }
    assertThat(node.counts().topics()).isEqualTo(6);
    assertThat(answer(connect("192.0.2.1"), "count:new"))
        .contains(
            "\"reason\":\"too many topics\",\"detail\":\"expected at most 3 topics that your"
                + " address has brought (rollcall.limits.topics.address)\"");
    assertThat(answer(connect("192.0.2.2"), "count:new")).contains("too many topics");
    assertThat(answer(connect("192.0.2.3"), "count:new")).contains("\"ok\"");
  }

  @Test
  void aTopicIsOutOfAnAddresssBudgetWhenTheLastStrangerHasLeftIt() {
    LocalPeer first = connect("192.0.2.1");
    LocalPeer second = connect("192.0.2.2");
    LocalPeer ada = connect("192.0.2.3", Optional.of(ada()));
    for (int i = 1; i <= 3; i++) {
      assertThat(answer(first, "count:" + i)).contains("\"ok\"");
      assertThat(answer(second, "count:" + i)).contains("\"ok\"");
    }
    assertThat(answer(ada, "count:3")).contains("\"ok\"");
    close(first);
    node.pass(Duration.ofSeconds(10));
    limiter.check();
    LocalPeer again = connect("192.0.2.1");
    assertThat(answer(again, "count:4")).contains("too many topics");
    close(second);
    node.pass(Duration.ofSeconds(10));
    for (int i = 4; i <= 6; i++) {
      assertThat(answer(again, "count:" + i)).contains("\"ok\"");
    }
    assertThat(answer(again, "count:7")).contains("too many topics");
  }
}
