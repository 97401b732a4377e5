package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.channel.AppliedChanges;
import org.rollcall.identity.User;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** A question for friends that is given up, and the answers that come to it afterwards. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FriendQuestionTest {
  private static final String JOIN = "[\"%d\",\"%d\",\"user:ada\",\"phx_join\",{}]";

  /** A source that answers ada's first two questions when the test lets it, with bob. */
  private static final class SlowAtFirst implements FriendProvider {
    final List<Semaphore> answers = List.of(new Semaphore(0), new Semaphore(0));
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public Set<String> friends(User user) {
      int number = user.id().equals("ada") ? asked.getAndIncrement() : answers.size();
      if (number >= answers.size()) {
        return Set.of();
      }
      answers.get(number).acquireUninterruptibly();
      return Set.of("bob");
    }
  }

  private final SlowAtFirst friends = new SlowAtFirst();
  private final LocalNode node = LocalNode.start(Map.of(), friends);
  private final SocketRegistry sockets = node.node().sockets();

  @AfterEach
  void stop() {
    friends.answers.forEach(answer -> answer.release(100));
    node.close();
  }

  private static String join(int ref) {
    return JOIN.formatted(ref, ref);
  }

  private void awaitAsked(int times) {
    Await.until(() -> assertThat(friends.asked.get()).isEqualTo(times));
  }

  /** Joins, and gives the question up as after a change that takes too long. */
  private LocalPeer givenUp() {
    LocalPeer ada = node.connect("2.0.0", Optional.of("ada"), List.of());
    ada.send(join(1));
    awaitAsked(1);
    sockets.friendsChanged(Set.of("ada"));
    new AppliedChanges(sockets).giveUp(Set.of("ada"));
    assertThat(ada.next()).contains("friends unavailable");
    return ada;
  }

  @Test
  void anAnswerToAQuestionThatWasGivenUpLeavesTheNextOneAsItIs() {
    LocalPeer bob = node.connect("2.0.0", Optional.of("bob"), List.of());
    bob.send(JOIN.formatted(1, 1).replace("ada", "bob"));
    assertThat(bob.next()).contains("\"ok\"");
    assertThat(bob.next()).contains("presence_state");
    LocalPeer ada = givenUp();
    ada.send(join(2));
    awaitAsked(2);
    sockets.friendsChanged(Set.of("ada"));
    friends.answers.get(0).release();
    friends.answers.get(1).release();
    assertThat(ada.next()).contains("\"ok\"");
    assertThat(ada.next()).contains("presence_state").doesNotContain("bob");
    awaitAsked(3);
  }
}
