package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.channel.People.arrival;
import static org.rollcall.channel.People.leave;
import static org.rollcall.channel.People.next;
import static org.rollcall.channel.People.send;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.social.Rule;
import org.rollcall.social.Rules;
import org.rollcall.social.RulesUnavailable;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalPeer;

/** Who is blocked, and whose friends change, while everybody is connected. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApartTest {
  private final People people = new People(Map.of("rollcall.grace", "PT1H"));

  @AfterEach
  void stop() {
    people.close();
  }

  @Test
  void aBlockedPairIsApartAtOnceInBothDirections() throws RulesUnavailable {
    people.friends.put("ada", Set.of("bob", "eve"));
    people.friends.put("bob", Set.of("ada", "eve"));
    final LocalPeer ada = people.join("ada");
    final LocalPeer bob = people.join("bob");
    arrival(ada, "bob");
    next(bob, "presence_state");
    people.rules().make(Rule.apart("bob", "ada"), Rules.FOREVER);
    leave(ada, "bob");
    leave(bob, "ada");
    people.join("eve");
    arrival(ada, "eve");
    arrival(bob, "eve");
    send(bob, "bob", "update", "{\"status\":\"away\"}");
    arrival(bob, "bob");
    assertThat(ada.drain()).isEmpty();
    assertThat(next(people.join("ada"), "presence_state").payload()).containsOnlyKeys("ada", "eve");
    people.rules().lift(Rule.apart("ada", "bob"));
    assertThat(Frame.meta(arrival(ada, "bob").joins(), "bob").getString("status"))
        .isEqualTo("away");
    arrival(bob, "ada");
  }

  @Test
  void aBlockedPairIsApartInRoomsToo() throws RulesUnavailable {
    LocalPeer ada = people.join("ada", "room:1");
    arrival(ada, "ada");
    LocalPeer bob = people.join("bob", "room:1");
    arrival(ada, "bob");
    next(bob, "presence_state");
    people.rules().make(Rule.apart("ada", "bob"), Rules.FOREVER);
    leave(ada, "bob");
    leave(bob, "ada");
    LocalPeer eve = people.join("eve", "room:1");
    assertThat(next(eve, "presence_state").payload()).containsOnlyKeys("ada", "bob");
    arrival(eve, "eve");
    assertThat(next(people.join("bob", "room:1"), "presence_state").payload())
        .containsOnlyKeys("bob", "eve");
    // Or the two would be told as one.
    arrival(eve, "bob");
    bob.close();
    leave(eve, "bob");
    assertThat(ada.drain()).noneMatch(text -> text.contains("bob"));
  }

  @Test
  void aBlockedUserIsGoneAndTokensAreRefused() throws RulesUnavailable {
    people.friends.put("bob", Set.of("ada"));
    LocalPeer bob = people.join("bob");
    LocalPeer lost = people.join("ada");
    arrival(bob, "ada");
    lost.close(1006);
    final LocalPeer ada = people.join("ada", "room:1");
    people.rules().make(Rule.blocked("ada"), Rules.FOREVER);
    leave(bob, "ada");
    assertThat(ada.closeCode().code()).isEqualTo(1001);
    // Let in by a handshake that was faster than the block.
    LocalPeer late = people.node.connect("2.0.0", Optional.of("ada"), List.of());
    assertThat(late.closeCode().code()).isEqualTo(1001);
  }

  @Test
  void friendshipsBeginAndEndWhileConnected() {
    people.friends.put("bob", Set.of("eve"));
    people.join("ada");
    LocalPeer bob = people.join("bob");
    LocalPeer eve = people.join("eve");
    arrival(bob, "eve");
    people.friends.put("bob", Set.of("eve", "ada"));
    people.node.node().sockets().friendsChanged(Set.of("bob"));
    assertThat(arrival(bob, "ada").topic()).isEqualTo("user_presence:ada");
    people.friends.put("bob", Set.of("ada"));
    people.node.node().sockets().friendsChanged(Set.of("bob"));
    leave(bob, "eve");
    send(eve, "eve", "update", "{\"status\":\"away\"}");
    arrival(eve, "eve");
    arrival(eve, "eve");
    assertThat(bob.drain()).isEmpty();
  }

  @Test
  void aSourceThatFailsAtARefreshEndsTheChannelAndNotTheSocket() {
    people.friends.put("bob", Set.of("ada"));
    arrival(people.join("ada"), "ada");
    LocalPeer bob = people.join("bob");
    assertThat(next(bob, "presence_state").payload()).containsOnlyKeys("ada");
    people.failing = true;
    people.node.node().sockets().friendsChanged(Set.of("bob"));
    assertThat(next(bob, "phx_error").payload().getString("reason")).isEqualTo("channel_crash");
    people.failing = false;
    bob.send("[\"12\",\"3\",\"user:bob\",\"phx_join\",{}]");
    assertThat(next(bob, "presence_state").payload()).containsKey("ada");
  }
}
