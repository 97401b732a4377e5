package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PollClient;
import org.rollcall.testing.TestToken;

/**
 * A bean that is deployed together with Rollcall injects, tracks, observes and decides. A bean that
 * throws or hangs disturbs nobody else.
 */
interface ApplicationContract extends Deployed {
  /** Returns what the application's beans have on Rollcall's threads: {@code names} or less. */
  String context();

  /** Runs a command of the application. */
  private String app(String command, String parameters) {
    return site().get("../app?do=" + command + parameters).body();
  }

  private void befriend(String user, String friend) {
    assertThat(app("befriend", "&user=" + user + "&text=" + friend)).isEqualTo("ok");
  }

  private PhoenixClient viewer(String user, String friend) {
    befriend(user, friend);
    PhoenixClient client = site().connect(TestToken.of(user));
    client.join("user:" + user);
    client.next("user:" + user, "presence_state");
    client.next("user_presence:" + user, "presence_diff");
    return client;
  }

  private void assertEvents(String name, String events) {
    Await.until(() -> assertThat(app("events", "&user=" + name)).isEqualTo(events));
  }

  @Test
  default void aUserWhomABeanTracksIsShownUpdatedAndLeaves() {
    String of = "&topic=user:ap1-ada&user=ap1-ada";
    try (PhoenixClient bob = viewer("ap1-bob", "ap1-ada")) {
      assertThat(app("online", of)).isEqualTo("false");
      String ref = app("track", of + "&text=call");
      Frame joined = bob.next("user_presence:ap1-ada", "presence_diff");
      JsonObject meta = Frame.meta(joined.joins(), "ap1-ada");
      assertThat(meta.getString("phx_ref")).isEqualTo(ref);
      assertThat(meta.getString("text")).isEqualTo("call");
      assertThat(app("metas", of)).contains(ref).contains("online_at");
      String next = app("update", of + "&text=done");
      Frame updated = bob.next("user_presence:ap1-ada", "presence_diff");
      assertThat(Frame.meta(updated.joins(), "ap1-ada").getString("phx_ref")).isEqualTo(next);
      assertThat(app("close", of)).isEqualTo("false");
      Frame left = bob.next("user_presence:ap1-ada", "presence_diff");
      assertThat(left.leaves()).containsOnlyKeys("ap1-ada");
      assertThat(left.joins()).isEmpty();
      assertThat(app("online", of)).isEqualTo("false");
    }
  }

  @Test
  default void aTrackedUserFollowsTheRulesThatHideUsers() {
    String of = "&topic=user:ap2-ada&user=ap2-ada";
    try (PhoenixClient bob = viewer("ap2-bob", "ap2-ada")) {
      app("track", of);
      bob.next("user_presence:ap2-ada", "presence_diff");
      assertThat(site().asAdmin("POST", "users/ap2-ada/block", "").statusCode()).isEqualTo(204);
      assertThat(bob.next("user_presence:ap2-ada", "presence_diff").leaves()).hasSize(1);
      assertThat(app("online", of)).isEqualTo("false");
      assertThat(site().asAdmin("POST", "users/ap2-ada/unblock", "").statusCode()).isEqualTo(204);
      assertThat(bob.next("user_presence:ap2-ada", "presence_diff").joins()).hasSize(1);
      assertThat(app("close", of)).isEqualTo("false");
    }
  }

  @Test
  default void aMetaThatIsTooLargeAndAWrongTopicAreRefusedWithASentence() {
    assertThat(app("track", "&topic=user:ap3&user=ap3&text=large"))
        .isEqualTo("IllegalArgumentException: The meta: expected at most 2048 bytes, but got 3011");
    assertThat(app("track", "&topic=user:ap3&user=ap4"))
        .startsWith("IllegalArgumentException: expected the topic user: with the key");
    assertThat(app("online", "&user=ap3")).isEqualTo("false");
  }

  @Test
  default void aBeanIsInARoomAndIsCountedAndObservesBoth() {
    try (PhoenixClient bob = site().connect(TestToken.of("ap5-bob"))) {
      bob.join("room:ap5");
      bob.next("room:ap5", "presence_state");
      bob.next("room:ap5", "presence_diff");
      app("track", "&topic=room:ap5&user=ap5-ada");
      assertThat(bob.next("room:ap5", "presence_diff").joins()).containsOnlyKeys("ap5-ada");
      assertThat(app("list", "&topic=room:ap5")).contains("ap5-ada").contains("ap5-bob");
    }
    app("track", "&topic=count:ap5&user=ap5-ada");
    assertThat(app("count", "&topic=count:ap5")).isEqualTo("1");
    assertThat(site().get("counts/count:ap5").body()).contains("\"users\":{\"count\":1}");
    assertEvents("count:ap5", "1");
    app("close", "&topic=count:ap5&user=ap5-ada");
    assertEvents("count:ap5", "1, 0");
    assertThat(site().get("counts/count:ap5").body()).contains("\"total\":0");
  }

  @Test
  default void anObserverIsToldOfAUserInOrderAndNotWithinTheGrace() {
    PhoenixClient lost = site().connect(TestToken.of("ap6-ada"));
    lost.join("user:ap6-ada");
    assertEvents("ap6-ada", "online 1");
    Clients.cut(lost, site());
    try (PhoenixClient ada = site().connect(TestToken.of("ap6-ada"))) {
      ada.join("user:ap6-ada");
      ada.next("user:ap6-ada", "presence_state");
      app("track", "&topic=user:ap6-ada&user=ap6-ada&text=call");
      assertEvents("ap6-ada", "online 1, online 2");
      app("close", "&topic=user:ap6-ada&user=ap6-ada");
      assertEvents("ap6-ada", "online 1, online 2, online 1");
      ada.disconnect();
    }
    assertEvents("ap6-ada", "online 1, online 2, online 1, offline");
  }

  @Test
  default void anObserverThatThrowsOrHangsHoldsUpNoSocketAndNoOtherUser() {
    String throwing = "ap7-observed-throws";
    String hanging = "ap7-observed-hangs";
    List<String> others = List.of("ap7-a", "ap7-b", "ap7-c", "ap7-d");
    for (String user : List.of(throwing, hanging)) {
      app("track", "&topic=user:" + user + "&user=" + user);
      assertEvents(user, "online 1");
      app("close", "&topic=user:" + user + "&user=" + user);
    }
    assertEvents(throwing, "online 1, offline");
    List<PhoenixClient> clients = new ArrayList<>();
    try {
      for (String user : others) {
        PhoenixClient client = site().connect(TestToken.of(user));
        clients.add(client);
        client.join("user:" + user);
      }
      int queue = Math.floorMod(hanging.hashCode(), 4);
      others.stream()
          .filter(user -> Math.floorMod(user.hashCode(), 4) != queue)
          .forEach(user -> assertEvents(user, "online 1"));
    } finally {
      assertThat(app("release", "")).isEqualTo("ok");
      clients.forEach(PhoenixClient::close);
    }
    assertEvents(hanging, "online 1, offline");
    others.forEach(
        user -> Await.until(() -> assertThat(app("events", "&user=" + user)).endsWith("offline")));
  }

  @Test
  default void aBeansFriendsAreAskedInItsContextAndOneThatFailsOrHangsShowsNobody() {
    String user8 = "ap8-" + context();
    try (PhoenixClient ok = site().connect(TestToken.of(user8));
        PhoenixClient hangs = site().connect(TestToken.of("ap8-hangs"))) {
      hangs.askToJoin("user:ap8-hangs", "{}");
      ok.join("user:" + user8);
      for (String user : List.of("ap8-throws", "ap8-unavailable")) {
        try (PhoenixClient client = site().connect(TestToken.of(user))) {
          assertThat(client.refused("user:" + user, "{}").reason())
              .isEqualTo("friends unavailable");
        }
        String token = "Bearer " + TestToken.of(user).text();
        assertThat(site().get("presence/" + user8, "Authorization", token).statusCode())
            .isEqualTo(503);
      }
      assertThat(hangs.next("user:ap8-hangs", "phx_reply").reason())
          .isEqualTo("friends unavailable");
      hangs.heartbeat();
    }
  }

  @Test
  default void aBeanDecidesWhoJoinsARoomOverEachTransport() {
    try (PhoenixClient guest = site().connect(TestToken.of("ap9-guest"));
        PhoenixClient member = site().connect(TestToken.of("ap9-member").in("board"));
        PollClient poll = PollClient.connect(site(), TestToken.of("ap9-poll"))) {
      member.join("room:board-ap9");
      member.next("room:board-ap9", "presence_state");
      member.next("room:board-ap9", "presence_diff");
      assertThat(guest.refused("room:board-ap9", "{}").response())
          .hasToString("{\"reason\":\"unauthorized\"}");
      poll.send("[\"1\",\"1\",\"room:board-ap9\",\"phx_join\",{}]");
      assertThat(poll.next("phx_reply").reason()).isEqualTo("unauthorized");
      guest.join("room:ap9");
      assertThat(app("list", "&topic=room:board-ap9")).isEqualTo("[ap9-member]");
      member.heartbeat();
    }
  }

  @Test
  default void aDecisionThatThrowsOrHangsLetsNobodyIntoTheRoomAndHoldsUpNobodyElse() {
    try (PhoenixClient hangs = site().connect(TestToken.of("ap10-hangs"));
        PhoenixClient other = site().connect(TestToken.of("ap10-other"))) {
      hangs.askToJoin("room:ap10-hangs", "{}");
      assertThat(other.refused("room:ap10-throws", "{}").reason()).isEqualTo("join crashed");
      other.join("room:ap10");
      assertThat(hangs.next("room:ap10-hangs", "phx_reply").reason()).isEqualTo("join crashed");
      hangs.join("room:ap10");
      assertThat(app("list", "&topic=room:ap10-hangs")).isEqualTo("[]");
    }
  }
}
