package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.channel.FriendsFixture.arrival;
import static org.rollcall.channel.FriendsFixture.leave;
import static org.rollcall.channel.FriendsFixture.next;
import static org.rollcall.channel.FriendsFixture.send;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalPeer;

/** Users who are blocked, kept apart, or lose and gain friends, while all are connected. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApartTest {
  private final FriendsFixture friendsFixture =
      new FriendsFixture(Map.of("rollcall.grace", "PT1H"));

  @AfterEach
  void stop() {
    friendsFixture.close();
  }

  @Test
  void aBlockedPairIsApartAtOnceInBothDirections() throws RulesUnavailable {
    friendsFixture.friends.put("ada", Set.of("bob", "eve"));
    friendsFixture.friends.put("bob", Set.of("ada", "eve"));
    final LocalPeer ada = friendsFixture.join("ada");
    final LocalPeer bob = friendsFixture.join("bob");
    arrival(ada, "bob");
    next(bob, "presence_state");
    friendsFixture.rules().make(VisibilityRule.apart("bob", "ada"), VisibilityRules.FOREVER);
    leave(ada, "bob");
    leave(bob, "ada");
    friendsFixture.join("eve");
    arrival(ada, "eve");
    arrival(bob, "eve");
    send(bob, "bob", "update", "{\"status\":\"away\"}");
    arrival(bob, "bob");
    assertThat(ada.drain()).isEmpty();
    assertThat(next(friendsFixture.join("ada"), "presence_state").payload())
        .containsOnlyKeys("ada", "eve");
    friendsFixture.rules().lift(VisibilityRule.apart("ada", "bob"));
    assertThat(Frame.meta(arrival(ada, "bob").joins(), "bob").getString("status"))
        .isEqualTo("away");
    arrival(bob, "ada");
  }

  @Test
  void aBlockedPairIsApartInRoomsToo() throws RulesUnavailable {
    LocalPeer ada = friendsFixture.join("ada", "room:1");
    arrival(ada, "ada");
    LocalPeer bob = friendsFixture.join("bob", "room:1");
    arrival(ada, "bob");
    next(bob, "presence_state");
    friendsFixture.rules().make(VisibilityRule.apart("ada", "bob"), VisibilityRules.FOREVER);
    leave(ada, "bob");
    leave(bob, "ada");
    LocalPeer eve = friendsFixture.join("eve", "room:1");
    assertThat(next(eve, "presence_state").payload()).containsOnlyKeys("ada", "bob");
    arrival(eve, "eve");
    assertThat(next(friendsFixture.join("bob", "room:1"), "presence_state").payload())
        .containsOnlyKeys("bob", "eve");
    // Or the two would be told as one.
    arrival(eve, "bob");
    bob.close();
    leave(eve, "bob");
    assertThat(ada.drain()).noneMatch(text -> text.contains("bob"));
  }

  @Test
  void aBlockedUserIsOfflineAndTokensAreRefused() throws RulesUnavailable {
    friendsFixture.friends.put("bob", Set.of("ada"));
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer lost = friendsFixture.join("ada");
    arrival(bob, "ada");
    lost.close(1006);
    final LocalPeer ada = friendsFixture.join("ada", "room:1");
    friendsFixture.rules().make(VisibilityRule.blocked("ada"), VisibilityRules.FOREVER);
    leave(bob, "ada");
    assertThat(ada.closeCode().code()).isEqualTo(1001);
    // Let in by a handshake that was faster than the block.
    LocalPeer late = friendsFixture.node.connect("2.0.0", Optional.of("ada"), List.of());
    assertThat(late.closeCode().code()).isEqualTo(1001);
  }

  @Test
  void friendshipsBeginAndEndWhileConnected() {
    friendsFixture.friends.put("bob", Set.of("eve"));
    friendsFixture.join("ada");
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer eve = friendsFixture.join("eve");
    arrival(bob, "eve");
    friendsFixture.friends.put("bob", Set.of("eve", "ada"));
    friendsFixture.node.node().sockets().friendsChanged(Set.of("bob"));
    assertThat(arrival(bob, "ada").topic()).isEqualTo("user_presence:ada");
    friendsFixture.friends.put("bob", Set.of("ada"));
    friendsFixture.node.node().sockets().friendsChanged(Set.of("bob"));
    leave(bob, "eve");
    send(eve, "eve", "update", "{\"status\":\"away\"}");
    arrival(eve, "eve");
    arrival(eve, "eve");
    assertThat(bob.drain()).isEmpty();
  }

  @Test
  void aSourceThatFailsAtARefreshEndsTheChannelAndNotTheSocket() {
    friendsFixture.friends.put("bob", Set.of("ada"));
    arrival(friendsFixture.join("ada"), "ada");
    LocalPeer bob = friendsFixture.join("bob");
    assertThat(next(bob, "presence_state").payload()).containsOnlyKeys("ada");
    friendsFixture.failing = true;
    friendsFixture.node.node().sockets().friendsChanged(Set.of("bob"));
    assertThat(next(bob, "phx_error").payload().getString("reason")).isEqualTo("channel_crash");
    friendsFixture.failing = false;
    bob.send("[\"12\",\"3\",\"user:bob\",\"phx_join\",{}]");
    assertThat(next(bob, "presence_state").payload()).containsKey("ada");
  }
}
