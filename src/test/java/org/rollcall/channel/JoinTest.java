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
import org.rollcall.identity.User;
import org.rollcall.presence.Topic;
import org.rollcall.social.FriendSource;
import org.rollcall.social.FriendsUnavailable;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Interleavings of joins, leaves and failures of the source of friends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JoinTest {
  private static final String JOIN = "[\"11\",\"1\",\"user:ada\",\"phx_join\",{}]";
  private static final String OK = "\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]";

  /** A source that answers when the test lets it. */
  private static final class SlowFriends implements FriendSource {
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

  @Test
  void aLeaveBeforeTheJoinIsAnsweredEndsTheJoin() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"11\",\"2\",\"user:ada\",\"phx_leave\",{}]");
    assertThat(ada.next()).isEqualTo("[\"11\",\"2\",\"user:ada\"," + OK);
    assertThat(ada.next()).isEqualTo("[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]");
    ada.send("[\"12\",\"3\",\"user:ada\",\"phx_join\",{}]");
    friends.answers.release();
    assertThat(ada.next()).isEqualTo("[\"12\",\"3\",\"user:ada\"," + OK);
  }

  @Test
  void aSecondJoinReplacesOneThatStillWaits() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"12\",\"2\",\"user:ada\",\"phx_join\",{}]");
    friends.answers.release();
    assertThat(ada.next()).isEqualTo("[\"12\",\"2\",\"user:ada\"," + OK);
    assertThat(ada.next()).isEqualTo("[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]");
    assertThat(ada.next()).contains("presence_state");
    assertThat(ada.next()).contains("presence_diff");
    assertThat(ada.drain()).isEmpty();
    assertThat(node.node().tracker().list(Topic.ofUser("ada")).metas().get("ada")).hasSize(1);
  }

  @Test
  void joinsInARowAskOnceAndEachIsClosedButTheLast() {
    LocalPeer ada = connect("ada");
    for (int i = 11; i < 500; i++) {
      ada.send("[\"" + i + "\",\"" + i + "\",\"user:ada\",\"phx_join\",{}]");
    }
    ada.drain();
    friends.answers.release(1000);
    assertThat(ada.next()).isEqualTo("[\"499\",\"499\",\"user:ada\"," + OK);
    for (int i = 11; i < 499; i++) {
      assertThat(ada.next())
          .isEqualTo("[\"" + i + "\",\"" + i + "\",\"user:ada\",\"phx_close\",{}]");
    }
    assertThat(ada.next()).contains("presence_state");
    assertThat(friends.asked.availablePermits()).isEqualTo(1);
  }

  @Test
  void aLeaveOfAJoinThatWaitsAlsoClosesTheOneThatItReplaced() {
    LocalPeer ada = connect("ada");
    ada.send(JOIN);
    friends.asked.acquireUninterruptibly();
    ada.send("[\"12\",\"2\",\"user:ada\",\"phx_join\",{}]");
    ada.send("[\"12\",\"3\",\"user:ada\",\"update\",{}]");
    ada.send("[\"12\",\"4\",\"user:ada\",\"phx_leave\",{}]");
    assertThat(ada.next())
        .startsWith("[null,\"3\",\"user:ada\",\"phx_reply\",{\"status\":\"error\"");
    assertThat(ada.next()).isEqualTo("[\"11\",\"11\",\"user:ada\",\"phx_close\",{}]");
    assertThat(ada.next()).isEqualTo("[\"12\",\"4\",\"user:ada\"," + OK);
    assertThat(ada.next()).isEqualTo("[\"12\",\"12\",\"user:ada\",\"phx_close\",{}]");
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
