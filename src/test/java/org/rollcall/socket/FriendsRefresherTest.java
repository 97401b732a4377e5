package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** Everyone's friends are asked for again, after this node may have missed a change. */
class FriendsRefresherTest {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration SPREAD = Duration.ofSeconds(5);

  private final List<String> asked = new ArrayList<>();
  private final Map<String, Set<String>> friends = new HashMap<>();
  private final ManualNode node =
      new ManualNode(
          Map.of(),
          user -> {
            asked.add(user.id());
            return friends.getOrDefault(user.id(), Set.of());
          });

  private LocalPeer join(String user) {
    LocalPeer peer = node.connect(Optional.of(user));
    peer.send("[\"11\",\"1\",\"user:%s\",\"phx_join\",{}]".formatted(user));
    node.answers(peer);
    return peer;
  }

  private void join(int users) {
    for (int i = 0; i < users; i++) {
      join("u" + i);
    }
    asked.clear();
  }

  @Test
  void everyoneIsAskedForOnceLittleByLittle() {
    join(1000);
    node.sockets().askAgain();
    node.pass(PAUSE.minusMillis(1));
    assertThat(asked).isEmpty();
    node.pass(SPREAD.dividedBy(2));
    assertThat(asked).hasSizeBetween(450, 550);
    node.pass(SPREAD.dividedBy(2).plusMillis(1));
    assertThat(asked).hasSize(1000).doesNotHaveDuplicates();
    assertThat(node.alarms()).isZero();
  }

  @Test
  void whoseFriendshipHasEndedUnheardIsToldOfALeave() {
    friends.put("ben", Set.of("ada"));
    join("ada");
    LocalPeer ben = join("ben");
    friends.remove("ben");
    node.sockets().askAgain();
    node.pass(PAUSE.plus(SPREAD));
    assertThat(node.answers(ben))
        .singleElement()
        .asString()
        .contains("user_presence:ada", "\"leaves\":{\"ada\"");
  }

  @Test
  void aSlowSourceIsAskedByEightThreadsAndAJoinGoesPast() {
    join(1000);
    node.holdUp(true);
    node.sockets().askAgain();
    node.pass(PAUSE.plus(SPREAD).multipliedBy(10));
    assertThat(node.asking()).isEqualTo(8);
    join("late");
    assertThat(node.asking()).isEqualTo(9);
    assertThat(node.alarms()).isEqualTo(1);
    node.holdUp(false);
    node.pass(SPREAD);
    assertThat(asked).hasSize(1001).contains("late").doesNotHaveDuplicates();
    assertThat(node.alarms()).isZero();
  }

  @Test
  void refreshesAndTheRoundShareEightThreads() {
    join(1000);
    node.holdUp(true);
    for (int i = 0; i < 500; i++) {
      node.sockets().friendsChanged(Set.of("u" + i));
    }
    node.sockets().askAgain();
    node.pass(PAUSE.plus(SPREAD));
    assertThat(node.asking()).isEqualTo(8);
    node.holdUp(false);
    node.pass(SPREAD);
    assertThat(new HashSet<>(asked)).hasSize(1000);
    assertThat(node.alarms()).isZero();
  }

  @Test
  void aFriendshipThatEndsWhileTheQuestionIsOnItsWayIsAskedForAgain() {
    friends.put("ben", Set.of("ada"));
    join("ada");
    LocalPeer ben = join("ben");
    node.holdUp(true);
    node.sockets().askAgain();
    node.pass(PAUSE.plus(SPREAD));
    asked.clear();
    node.sockets().friendsChanged(Set.of("ben"));
    node.holdUp(false);
    node.pass(Duration.ZERO);
    assertThat(asked).containsExactlyInAnyOrder("ada", "ben", "ben");
    assertThat(node.answers(ben)).isEmpty();
  }

  @Test
  void anotherRoundBeginsAnew() {
    join(500);
    node.sockets().askAgain();
    node.pass(PAUSE);
    node.sockets().askAgain();
    node.pass(PAUSE.minusMillis(1));
    int first = asked.size();
    assertThat(first).isBetween(150, 250);
    node.pass(SPREAD.plusMillis(1));
    assertThat(asked).hasSizeBetween(first + 500, first + 502);
    assertThat(node.alarms()).isZero();
  }

  @Test
  void usersWhoLeaveDuringTheRoundAreSkippedAndNewOnesWereAskedFor() {
    LocalPeer ada = join("ada");
    join("ben");
    node.connect(Optional.empty());
    node.connect(Optional.of("idle"));
    asked.clear();
    node.sockets().askAgain();
    node.pass(PAUSE.minusMillis(1));
    ada.close();
    node.pass(SPREAD);
    join("cat");
    node.pass(SPREAD);
    assertThat(asked).containsExactly("ben", "cat");
  }
}
