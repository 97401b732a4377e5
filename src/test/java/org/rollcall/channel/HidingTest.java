package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.channel.FriendsFixture.answered;
import static org.rollcall.channel.FriendsFixture.arrival;
import static org.rollcall.channel.FriendsFixture.leave;
import static org.rollcall.channel.FriendsFixture.next;
import static org.rollcall.channel.FriendsFixture.renewal;
import static org.rollcall.channel.FriendsFixture.send;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.PresenceView;

/** Users who become visible to nobody and visible again, while all are connected. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HidingTest {
  private FriendsFixture friendsFixture = new FriendsFixture(Map.of("rollcall.grace", "PT1H"));

  @AfterEach
  void stop() {
    friendsFixture.close();
  }

  @Test
  void aUserWhoHidesLeavesAndCausesNoMoreFrames() {
    friendsFixture.friends.put("bob", Set.of("ada"));
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer ada = friendsFixture.join("ada");
    String ref = Frame.meta(arrival(bob, "ada").joins(), "ada").getString("phx_ref");

    send(ada, "ada", "visibility", "{\"to\":\"nobody\"}");
    assertThat(answered(ada).response().getString("to")).isEqualTo("nobody");
    Frame leave = leave(bob, "ada");
    assertThat(leave.topic()).isEqualTo("user_presence:ada");
    assertThat(Frame.meta(leave.leaves(), "ada").getString("phx_ref")).isEqualTo(ref);

    send(ada, "ada", "update", "{\"status\":\"away\"}");
    LocalPeer second = friendsFixture.join("ada");
    second.drain();
    second.close();
    assertThat(next(friendsFixture.join("bob"), "presence_state").payload())
        .doesNotContainKey("ada");
    assertThat(bob.drain()).noneMatch(text -> text.contains("ada"));
  }

  @Test
  void aUserWhoHidesStaysInTheOwnState() {
    LocalPeer ada = friendsFixture.join("ada");
    arrival(ada, "ada");
    send(ada, "ada", "visibility", "{\"to\":\"nobody\"}");
    assertThat(renewal(ada, "ada").topic()).isEqualTo("user_presence:ada");
    assertThat(next(friendsFixture.join("ada"), "presence_state").payload())
        .containsOnlyKeys("ada");
  }

  @Test
  void aUserWhoShowsAgainJoinsAsOneWhoHasJustCome() {
    friendsFixture.friends.put("bob", Set.of("ada"));
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer ada = friendsFixture.join("ada");
    String ref = Frame.meta(arrival(bob, "ada").joins(), "ada").getString("phx_ref");
    send(ada, "ada", "visibility", "{\"to\":\"nobody\"}");
    leave(bob, "ada");
    answered(ada);
    send(ada, "ada", "visibility", "{\"to\":\"friends\"}");
    assertThat(answered(ada).response().getString("to")).isEqualTo("friends");
    Frame join = arrival(bob, "ada");
    assertThat(Frame.meta(join.joins(), "ada").getString("phx_ref")).isNotEqualTo(ref);
    assertThat(Frame.meta(join.joins(), "ada")).doesNotContainKey("phx_ref_prev");
  }

  @Test
  void hidingOnOneDeviceHidesAllAndWhatLingers() {
    friendsFixture.friends.put("bob", Set.of("ada"));
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer lost = friendsFixture.join("ada");
    arrival(bob, "ada");
    final LocalPeer desk = friendsFixture.join("ada");
    arrival(bob, "ada");
    LocalPeer phone = friendsFixture.join("ada");
    arrival(bob, "ada");
    lost.close(1006);
    send(phone, "ada", "visibility", "{\"to\":\"nobody\"}");
    Set<String> left = new HashSet<>();
    while (left.size() < 3) {
      left.addAll(PresenceView.refs(leave(bob, "ada").leaves(), "ada"));
    }
    desk.drain();
    assertThat(bob.drain()).isEmpty();
  }

  @Test
  void aRequestForATimeEndsByItself() {
    friendsFixture.friends.put("bob", Set.of("ada"));
    LocalPeer bob = friendsFixture.join("bob");
    LocalPeer ada = friendsFixture.join("ada");
    arrival(bob, "ada");
    send(ada, "ada", "visibility", "{\"to\":\"nobody\",\"for\":\"PT1S\"}");
    assertThat(answered(ada).response()).containsKey("until");
    leave(bob, "ada");
    arrival(bob, "ada");
  }

  @Test
  void aRequestThatCannotBeUnderstoodChangesNothing() {
    LocalPeer ada = friendsFixture.join("ada");
    for (String payload :
        List.of(
            "{}",
            "[]",
            "null",
            "{\"to\":\"all\"}",
            "{\"to\":7}",
            "{\"to\":\"nobody\",\"for\":\"2 hours\"}",
            "{\"to\":\"nobody\",\"for\":\"PT0S\"}",
            "{\"to\":\"nobody\",\"for\":\"P9999D\"}",
            "{\"to\":\"nobody\",\"for\":\"PT-9223372036854775808S\"}",
            "{\"to\":\"nobody\",\"for\":7}",
            "{\"to\":\"friends\",\"for\":\"PT1H\"}")) {
      send(ada, "ada", "visibility", payload);
      Frame answer = answered(ada);
      assertThat(answer.status()).as(payload).isEqualTo("error");
      assertThat(answer.reason()).as(payload).isEqualTo("invalid payload");
      assertThat(friendsFixture.rules().isHidden("ada")).isFalse();
    }
  }

  @Test
  void withReciprocityWhoHidesSeesNobody() {
    friendsFixture.close();
    friendsFixture = new FriendsFixture(Map.of("rollcall.reciprocity", "true"));
    friendsFixture.friends.put("ada", Set.of("bob"));
    LocalPeer bob = friendsFixture.join("bob");
    arrival(bob, "bob");
    LocalPeer ada = friendsFixture.join("ada");
    assertThat(next(ada, "presence_state").payload()).containsOnlyKeys("bob");
    arrival(ada, "ada");
    send(ada, "ada", "visibility", "{\"to\":\"nobody\"}");
    // Topics of their own, so in any order.
    Set<String> left = new HashSet<>();
    boolean back = false;
    while (!left.equals(Set.of("ada", "bob")) || !back) {
      Frame diff = next(ada, "presence_diff");
      left.addAll(diff.leaves().keySet());
      back |= diff.joins().containsKey("ada");
    }
    assertThat(next(friendsFixture.join("ada"), "presence_state").payload())
        .containsOnlyKeys("ada");
    send(bob, "bob", "update", "{\"status\":\"away\"}");
    arrival(bob, "bob");
    send(ada, "ada", "visibility", "{\"to\":\"friends\"}");
    assertThat(Frame.meta(arrival(ada, "bob").joins(), "bob").getString("status"))
        .isEqualTo("away");
  }

  @Test
  void aUserWhoHidesIsNotInRoomsEither() {
    LocalPeer eve = friendsFixture.join("eve", "room:1");
    LocalPeer there = friendsFixture.join("ada", "room:1");
    arrival(eve, "ada");
    LocalPeer ada = friendsFixture.join("ada");
    send(ada, "ada", "visibility", "{\"to\":\"nobody\"}");
    leave(eve, "ada");
    renewal(there, "ada");
    assertThat(next(friendsFixture.join("bob", "room:1"), "presence_state").payload())
        .containsOnlyKeys("eve");
    arrival(eve, "bob");
    assertThat(next(friendsFixture.join("ada", "room:1"), "presence_state").payload())
        .containsOnlyKeys("eve", "bob", "ada");
  }
}
