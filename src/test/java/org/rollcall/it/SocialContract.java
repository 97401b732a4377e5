package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.TestToken;

/** Who sees whom on {@code user:<id>}. Holds where friends stand in tokens. */
interface SocialContract extends Deployed {
  /** Joins as a user, and takes the state and the diff of the user's own join. */
  private static JsonObject appear(PhoenixClient client, String id, String payload) {
    client.join("user:" + id, payload);
    final JsonObject state = client.next("user:" + id, "presence_state").payload();
    Frame own = client.next();
    assertThat(own.event()).isEqualTo("presence_diff");
    assertThat(own.joins()).containsOnlyKeys(id);
    return state;
  }

  @Test
  default void friendsDiffsComeOnTheFriendsTopics() {
    try (PhoenixClient bo = site().connect(TestToken.of("so1-bo").seeing("so1-al"));
        PhoenixClient al = site().connect(TestToken.of("so1-al").seeing("so1-bo"))) {
      assertThat(appear(bo, "so1-bo", "{}")).isEmpty();
      JsonObject state = appear(al, "so1-al", "{}");
      assertThat(state).containsOnlyKeys("so1-bo");

      Frame join = bo.next("user_presence:so1-al", "presence_diff");
      assertThat(join.joinRef()).isNull();
      assertThat(join.ref()).isNull();
      assertThat(join.leaves()).isEmpty();
      JsonObject meta = Frame.meta(join.joins(), "so1-al");
      assertThat(meta).containsOnlyKeys("online_at", "phx_ref");
      assertThat(meta.getString("phx_ref")).hasSize(16);
      assertThat(Long.parseLong(meta.getString("online_at")))
          .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);

      al.disconnect();
      Frame leave = bo.next("user_presence:so1-al", "presence_diff");
      assertThat(leave.joins()).isEmpty();
      assertThat(Frame.meta(leave.leaves(), "so1-al")).isEqualTo(meta);
    }
  }

  @Test
  default void friendsDiffsComeOnTheChannelIfTheJoinSaysSo() {
    try (PhoenixClient bo = site().connect(TestToken.of("so2-bo").seeing("so2-al"));
        PhoenixClient al = site().connect(TestToken.of("so2-al"))) {
      appear(bo, "so2-bo", "{\"diffs\":\"channel\"}");
      appear(al, "so2-al", "{}");
      Frame join = bo.next("user:so2-bo", "presence_diff");
      assertThat(join.joins()).containsOnlyKeys("so2-al");
    }
  }

  @Test
  default void eachDeviceIsAMetaOfItsOwn() {
    try (PhoenixClient bo = site().connect(TestToken.of("so3-bo").seeing("so3-al"));
        PhoenixClient phone = site().connect(TestToken.of("so3-al"));
        PhoenixClient desk = site().connect(TestToken.of("so3-al"))) {
      appear(phone, "so3-al", "{\"meta\":{\"device\":\"phone\"}}");
      JsonObject before = appear(desk, "so3-al", "{\"meta\":{\"device\":\"desk\"}}");
      assertThat(Frame.metas(before, "so3-al")).hasSize(1);
      JsonObject state = appear(bo, "so3-bo", "{}");
      assertThat(Frame.metas(state, "so3-al"))
          .extracting(meta -> meta.asJsonObject().getString("device"))
          .containsExactlyInAnyOrder("phone", "desk");

      phone.disconnect();
      Frame leave = bo.next("user_presence:so3-al", "presence_diff");
      assertThat(Frame.metas(leave.leaves(), "so3-al")).hasSize(1);
      assertThat(Frame.meta(leave.leaves(), "so3-al").getString("device")).isEqualTo("phone");
    }
  }

  @Test
  default void anUpdateIsOneDiffWithBothMetas() {
    try (PhoenixClient bo = site().connect(TestToken.of("so4-bo").seeing("so4-al"));
        PhoenixClient al = site().connect(TestToken.of("so4-al"))) {
      Joined channel = al.join("user:so4-al", "{\"meta\":{\"status\":\"here\"}}");
      al.next("user:so4-al", "presence_state");
      al.next("user_presence:so4-al", "presence_diff");
      JsonObject old = Frame.meta(appear(bo, "so4-bo", "{}"), "so4-al");

      String ref = al.push(channel, "update", "{\"status\":\"away\"}");
      Frame reply = Frames.reply(al, ref);
      Frame diff = bo.next("user_presence:so4-al", "presence_diff");
      JsonObject joined = Frame.meta(diff.joins(), "so4-al");
      assertThat(joined.getString("status")).isEqualTo("away");
      assertThat(joined.getString("online_at")).isEqualTo(old.getString("online_at"));
      assertThat(joined.getString("phx_ref")).isEqualTo(reply.response().getString("phx_ref"));
      assertThat(joined.getString("phx_ref_prev")).isEqualTo(old.getString("phx_ref"));
      assertThat(Frame.meta(diff.leaves(), "so4-al")).isEqualTo(old);
    }
  }

  @Test
  default void aStrangerIsToldNothing() {
    try (PhoenixClient stranger = site().connect(TestToken.of("so5-stranger").seeing("so5-other"));
        PhoenixClient al = site().connect(TestToken.of("so5-al").seeing("so5-stranger"))) {
      appear(al, "so5-al", "{}");
      assertThat(appear(stranger, "so5-stranger", "{}")).isEmpty();
      // Seeing is not mutual: it is al who is told.
      al.next("user_presence:so5-stranger", "presence_diff");
      al.disconnect();
      assertThat(stranger.nextWithin(Duration.ofMillis(500))).isEmpty();
      stranger.heartbeat();
    }
  }

  @Test
  default void nobodyJoinsAnothersChannelOrAPresenceTopic() {
    try (PhoenixClient client = site().connect(TestToken.of("so6").seeing("so6-friend"))) {
      for (String topic :
          new String[] {
            "user:so6-friend", "user:so6x", "user:", "user_presence:so6", "user_presence:so6-friend"
          }) {
        assertThat(client.refused(topic, "{}").response())
            .hasToString("{\"reason\":\"unauthorized\"}");
      }
    }
  }

  @Test
  default void aMetaThatBreaksARuleIsRefusedAndTheSocketLives() {
    try (PhoenixClient client = site().connect(TestToken.of("so7"))) {
      for (String meta : Metas.WRONG) {
        Frame refused = client.refused("user:so7", "{\"meta\":" + meta + "}");
        assertThat(refused.reason()).as(meta).isEqualTo("invalid meta");
      }
      Joined channel = client.join("user:so7", "{\"meta\":" + Metas.LARGEST + "}");
      client.next("user:so7", "presence_state");
      client.next("user_presence:so7", "presence_diff");
      for (String meta : Metas.WRONG) {
        client.push(channel, "update", meta);
        Frame reply = client.next("user:so7", "phx_reply");
        assertThat(reply.status()).isEqualTo("error");
        assertThat(reply.reason()).isEqualTo("invalid meta");
      }
      client.push(channel, "shout", "{}");
      assertThat(client.next("user:so7", "phx_reply").reason()).isEqualTo("unknown event");
    }
  }

  @Test
  default void aJoinPayloadThatCannotBeUnderstoodIsRefused() {
    try (PhoenixClient client = site().connect(TestToken.of("so8"))) {
      assertThat(client.refused("user:so8", "{\"diffs\":\"elsewhere\"}").reason())
          .isEqualTo("invalid payload");
      assertThat(client.refused("user:so8", "[]").reason()).isEqualTo("invalid payload");
      appear(client, "so8", "null");
    }
  }
}
