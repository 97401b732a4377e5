package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.CloseCode;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Interleavings of joins, leaves and failures of the source of friends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JoinTest {
  private static final String JOIN = "[\"11\",\"1\",\"user:ada\",\"phx_join\",{}]";
  private static final String OK = "\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]";

  /** A source that answers when the test lets it. */
  private static final class SlowFriends implements FriendProvider {
    final Semaphore asked = new Semaphore(0);
    final Semaphore answers = new Semaphore(0);
    volatile boolean failing;

    @Override
    public Set<String> friends(User user) throws FriendsUnavailable {
      asked.release();
      answers.acquireUninterruptibly();
      if (failing) {
        throw new FriendsUnavailable("expected by the test", null);
      }
      return Set.of("bob");
    }
  }

  private final SlowFriends friends = new SlowFriends();
  private final LocalNode node = LocalNode.start(Map.of("rollcall.limits.joins", "1000"), friends);

  @AfterEach
  void stop() {
    friends.answers.release(1000);
    node.close();
  }

  private LocalPeer connect(String user) {
    return node.connect("2.0.0", Optional.of(user), List.of());
  }

  @Test
  void theSocketAnswersWhileAJoinWaitsForFriends() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    assertThat(ada.drain()).isEmpty();
    friends.answers.release();
    assertThat(ada.next()).isEqualTo("[\"11\",\"1\",\"user:ada\"," + OK);
    assertThat(ada.next()).startsWith("[\"11\",null,\"user:ada\",\"presence_state\"");
  }

  @Test
  void aFailingSourceIsAnErrorAndNotLoneliness() {
    friends.failing = true;
    friends.answers.release();
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    assertThat(ada.next())
        .isEqualTo(
            "[\"11\",\"1\",\"user:ada\",\"phx_reply\",{\"status\":\"error\",\"response\":"
                + "{\"reason\":\"friends unavailable\"}}]");
    friends.failing = false;
    friends.answers.release();
    ada.send(JOIN);
    assertThat(ada.next()).contains("\"ok\"");
  }

  /** Takes replies and ends of channels, and leaves out states and diffs. */
  private static List<String> answers(LocalPeer peer, int number) {
    List<String> answers = new ArrayList<>();
    while (answers.size() < number) {
      String frame = peer.next();
      if (!frame.contains("\"presence_")) {
        answers.add(frame);
      }
    }
    return answers;
  }

  @Test
  void aLeaveThatComesBeforeTheJoinIsAnsweredIsAnsweredAfterIt() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"11\",\"2\",\"user:ada\",\"phx_leave\",{}]");
    ada.send("[\"12\",\"3\",\"user:ada\",\"phx_join\",{}]");
    assertThat(ada.drain()).isEmpty();
    friends.answers.release();
    assertThat(answers(ada, 4))
        .containsExactly(
            "[\"11\",\"1\",\"user:ada\"," + OK,
            "[\"11\",\"2\",\"user:ada\"," + OK,
            "[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]",
            "[\"12\",\"3\",\"user:ada\"," + OK);
    Await.until(
        () ->
            assertThat(node.node().tracker().list(Topic.ofUser("ada")).metas().get("ada"))
                .hasSize(1));
  }

  @Test
  void aSecondJoinIsAnsweredAfterOneThatStillWaitsAndReplacesIt() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"12\",\"2\",\"user:ada\",\"phx_join\",{}]");
    friends.answers.release();
    assertThat(answers(ada, 3))
        .containsExactly(
            "[\"11\",\"1\",\"user:ada\"," + OK,
            "[\"12\",\"2\",\"user:ada\"," + OK,
            "[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]");
    Await.until(
        () ->
            assertThat(node.node().tracker().list(Topic.ofUser("ada")).metas().get("ada"))
                .hasSize(1));
  }

  @Test
  void joinsInARowAskOnceAndEachIsAnsweredAndClosedButTheLast() {
    LocalPeer ada = connect("ada");
    for (int i = 11; i < 500; i++) {
      ada.send("[\"" + i + "\",\"" + i + "\",\"user:ada\",\"phx_join\",{}]");
    }
    assertThat(ada.drain()).isEmpty();
    friends.answers.release(1000);
    assertThat(ada.next()).isEqualTo("[\"11\",\"11\",\"user:ada\"," + OK);
    List<String> rest = answers(ada, 2 * 488);
    for (int i = 12; i < 500; i++) {
      assertThat(rest.get(2 * (i - 12)))
          .isEqualTo("[\"%d\",\"%d\",\"user:ada\",%s".formatted(i, i, OK));
      assertThat(rest.get(2 * (i - 12) + 1)).contains("phx_close").contains("\"" + (i - 1) + "\"");
    }
    assertThat(friends.asked.availablePermits()).isEqualTo(1);
  }

  @Test
  void messagesThatWaitForARefusedJoinAreAnsweredInTurnAfterIt() {
    friends.failing = true;
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"11\",\"2\",\"user:ada\",\"update\",{}]");
    ada.send("[\"11\",\"3\",\"user:ada\",\"phx_leave\",{}]");
    friends.answers.release();
    assertThat(ada.next()).startsWith("[\"11\",\"1\",").contains("friends unavailable");
    assertThat(ada.next()).startsWith("[null,\"2\",").contains("unmatched topic");
    assertThat(ada.next()).isEqualTo("[\"11\",\"3\",\"user:ada\"," + OK);
  }

  @Test
  void messagesThatWaitForAJoinCountAsWaiting() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    String update = "[null,\"2\",\"user:ada\",\"update\",\"" + "x".repeat(60_000) + "\"]";
    for (int i = 0; i < 4; i++) {
      ada.send(update);
      assertThat(ada.drain()).isEmpty();
    }
    ada.send(update);
    ada.send("[null,\"3\",\"phoenix\",\"heartbeat\",{}]");
    assertThat(ada.closeCode()).isEqualTo(CloseCode.FLOOD);
  }

  @Test
  void messagesThatWaitForAJoinAreLimitedInNumberToo() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    for (int i = 0; i < 1100 && !ada.isClosed(); i++) {
      ada.send("[null,\"2\",\"user:ada\",\"x\",{}]");
    }
    assertThat(ada.closeCode()).isEqualTo(CloseCode.FLOOD);
  }

  @Test
  void anUpdateThatComesBeforeTheJoinIsAnsweredIsCarriedOutAfter() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"11\",\"2\",\"user:ada\",\"update\",{\"status\":\"away\"}]");
    friends.answers.release();
    assertThat(ada.next()).isEqualTo("[\"11\",\"1\",\"user:ada\"," + OK);
    assertThat(ada.next()).contains("presence_state");
    List<String> frames = new ArrayList<>();
    do {
      frames.add(ada.next());
    } while (!frames.get(frames.size() - 1).contains("away"));
    assertThat(frames).anyMatch(frame -> frame.startsWith("[\"11\",\"2\",\"user:ada\","));
  }

  @Test
  void aClientThatGoesWhileItsJoinWaitsLeavesNothingBehind() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.close();
    friends.answers.release();
    LocalPeer bob = connect("bob");
    bob.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(bob.next()).contains("ok");
    assertThat(node.node().tracker().list(Topic.ofUser("ada")).metas()).isEmpty();
  }
}
