package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.PresenceView;
import org.rollcall.testing.TestToken;

/** Phoenix's own presence, on {@code room:<name>}. */
interface RoomContract extends Deployed {
  private static JsonObject enter(PhoenixClient client, String room, String payload) {
    client.join(room, payload);
    JsonObject state = client.next(room, "presence_state").payload();
    assertThat(client.next(room, "presence_diff").joins()).hasSize(1);
    return state;
  }

  @Test
  default void everyoneInARoomSeesEveryone() {
    try (PhoenixClient al = site().connect(TestToken.of("ro1-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro1-bo"))) {
      assertThat(enter(al, "room:ro1", "{\"meta\":{\"name\":\"Al\"}}")).isEmpty();
      JsonObject state = enter(bo, "room:ro1", "{}");
      assertThat(state).containsOnlyKeys("ro1-al");
      assertThat(Frame.meta(state, "ro1-al").getString("name")).isEqualTo("Al");
      assertThat(al.next("room:ro1", "presence_diff").joins()).containsOnlyKeys("ro1-bo");
      bo.disconnect();
      assertThat(al.next("room:ro1", "presence_diff").leaves()).containsOnlyKeys("ro1-bo");
    }
  }

  @Test
  default void aMetaThatNotEveryClientCanReadIsRefused() {
    List<String> metas =
        List.of(
            "{\"s\":\"\\ud800\"}",
            "{\"s\":[\"\\udc00\\ud800\"]}",
            "{\"\\ud800\":1}",
            "{\"s\":\"\\u0000\"}",
            "{\"n\":1e400}",
            "{\"n\":-1e999999999}",
            "{\"n\":1e-400}",
            "{\"n\":1E99999999999}",
            "{\"n\":" + "9".repeat(21) + "}",
            "{\"n\":" + "9".repeat(2000) + "}",
            "{\"d\":" + "[".repeat(900) + "]".repeat(900) + "}",
            "{\"d\":" + "[{\"e\":".repeat(3000) + "0" + "}]".repeat(3000) + "}",
            "{\"d\":" + "[".repeat(16) + "]".repeat(16) + "}",
            "{\"d\":" + "{\"d\":".repeat(16) + "1" + "}".repeat(16) + "}");
    try (PhoenixClient al = site().connect(TestToken.of("ro9-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro9-bo"))) {
      enter(al, "room:ro9", "{}");
      for (String meta : metas) {
        Frame refused = bo.refused("room:ro9", "{\"meta\":" + meta + "}");
        assertThat(refused.reason()).as(meta).isEqualTo("invalid meta");
      }
      Joined room = bo.join("room:ro9", "{\"meta\":{\"n\":-1.5e308}}");
      bo.next("room:ro9", "presence_state");
      bo.next("room:ro9", "presence_diff");
      for (String meta : metas) {
        bo.push(room, "update", meta);
        assertThat(bo.next("room:ro9", "phx_reply").reason()).as(meta).isEqualTo("invalid meta");
      }
      assertThat(al.next("room:ro9", "presence_diff").joins()).containsOnlyKeys("ro9-bo");
      String deep = "{\"d\":" + "[".repeat(15) + "]".repeat(15) + ",\"n\":18446744073709551615}";
      bo.push(room, "update", deep);
      assertThat(bo.next("room:ro9", "phx_reply").status()).isEqualTo("ok");
      JsonObject joins = al.next("room:ro9", "presence_diff").joins();
      assertThat(Frame.meta(joins, "ro9-bo").get("n")).hasToString("18446744073709551615");
    }
  }

  @Test
  default void aMetaThatSaysTheSameInOtherWordsIsNoUpdate() {
    String one = "{\"d\":\"a\\u00e9\\/\",\"e\":1,\"f\":[{\"x\":100,\"y\":0}]}";
    String other = "{\"f\":[{\"y\":-0.0,\"x\":1e2}],\"e\":1.0,\"d\":\"a\u00e9/\"}";
    try (PhoenixClient al = site().connect(TestToken.of("ro10-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro10-bo"))) {
      enter(al, "room:ro10", "{}");
      Joined room = bo.join("room:ro10", "{\"meta\":" + one + "}");
      bo.next("room:ro10", "presence_state");
      JsonObject joins = bo.next("room:ro10", "presence_diff").joins();
      assertThat(al.next("room:ro10", "presence_diff").joins()).isEqualTo(joins);
      bo.push(room, "update", other);
      Frame reply = bo.next("room:ro10", "phx_reply");
      assertThat(reply.response().get("phx_ref"))
          .isEqualTo(Frame.meta(joins, "ro10-bo").get("phx_ref"));
      bo.push(room, "update", "{\"e\":2}");
      bo.next("room:ro10", "phx_reply");
      JsonObject next = al.next("room:ro10", "presence_diff").joins();
      assertThat(Frame.meta(next, "ro10-bo").getInt("e")).isEqualTo(2);
    }
  }

  @Test
  default void aFastMemberIsToldAtAPaceAndTheLastUpdateWins() {
    try (PhoenixClient al = site().connect(TestToken.of("ro11-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro11-bo"))) {
      enter(al, "room:ro11", "{}");
      Joined room = bo.join("room:ro11");
      String ref =
          Frame.meta(al.next("room:ro11", "presence_diff").joins(), "ro11-bo").getString("phx_ref");
      long begin = System.nanoTime();
      for (int i = 1; i <= 100; i++) {
        bo.push(room, "update", "{\"n\":" + i + "}");
      }
      int told = 0;
      JsonObject meta;
      do {
        meta = Frame.meta(al.next("room:ro11", "presence_diff").joins(), "ro11-bo");
        assertThat(meta.getString("phx_ref_prev")).isEqualTo(ref);
        ref = meta.getString("phx_ref");
        told++;
      } while (meta.getInt("n") < 100);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(told).isLessThanOrEqualTo((int) (millis / 100) + 1);
    }
  }

  /** Told one by one it was 33 to 52 times. */
  @Test
  default void aFastMemberCostsARoomOfThirtyLessThanTenTimesWhatItSends() {
    String room = "room:ro12";
    List<PhoenixClient> others = new ArrayList<>();
    try (PhoenixClient fast = site().connect(TestToken.of("ro12-fast"))) {
      Joined channel = fast.join(room);
      for (int i = 0; i < 30; i++) {
        PhoenixClient other = site().connect(TestToken.of("ro12-" + i));
        others.add(other);
        other.join(room);
      }
      long sent = 0;
      String text = "x".repeat(1900);
      for (int i = 1; i <= 150; i++) {
        String update = "{\"n\":%d,\"text\":\"%s\"}".formatted(i, text);
        fast.push(channel, "update", update);
        sent += update.length();
        LockSupport.parkNanos(10_000_000);
      }
      long received = 0;
      for (PhoenixClient other : others) {
        String frame = other.nextText();
        while (!frame.contains("\"n\":150,")) {
          received += frame.contains("ro12-fast") && frame.contains(text) ? frame.length() : 0;
          frame = other.nextText();
        }
        received += frame.length();
      }
      double factor = (double) received / sent;
      System.getLogger(RoomContract.class.getName())
          .log(Level.INFO, "A fast member costs a room of thirty {0} times what it sends", factor);
      assertThat(factor).isLessThan(10);
    } finally {
      others.forEach(PhoenixClient::close);
    }
  }

  @Test
  default void aClientThatLeavesTheChannelLeavesTheRoom() {
    try (PhoenixClient al = site().connect(TestToken.of("ro2-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro2-bo"))) {
      Joined room = bo.join("room:ro2");
      bo.next("room:ro2", "presence_state");
      bo.next("room:ro2", "presence_diff");
      JsonObject before = enter(al, "room:ro2", "{}");
      bo.push(room, "phx_leave", "{}");
      Frame leave = al.next("room:ro2", "presence_diff");
      assertThat(Frame.meta(leave.leaves(), "ro2-bo")).isEqualTo(Frame.meta(before, "ro2-bo"));
      Frames.find(bo, "room:ro2", "phx_close");
      bo.heartbeat();
    }
  }

  @Test
  default void anUpdateIsSeenInTheRoom() {
    try (PhoenixClient al = site().connect(TestToken.of("ro3-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro3-bo"))) {
      enter(al, "room:ro3", "{}");
      Joined room = bo.join("room:ro3");
      al.next("room:ro3", "presence_diff");
      bo.push(room, "update", "{\"typing\":true}");
      Frame update = al.next("room:ro3", "presence_diff");
      assertThat(Frame.meta(update.joins(), "ro3-bo").getBoolean("typing")).isTrue();
      assertThat(Frame.meta(update.joins(), "ro3-bo").getString("phx_ref_prev"))
          .isEqualTo(Frame.meta(update.leaves(), "ro3-bo").getString("phx_ref"));
    }
  }

  @Test
  default void aRejoinOnTheSameSocketLeavesOneMeta() {
    try (PhoenixClient al = site().connect(TestToken.of("ro4-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro4-bo"))) {
      PresenceView seen = new PresenceView();
      enter(al, "room:ro4", "{}");
      enter(bo, "room:ro4", "{}");
      seen.apply(al.next("room:ro4", "presence_diff"));
      Set<String> first = Set.copyOf(seen.refs().get("ro4-bo"));
      bo.askToJoin("room:ro4", "{}");
      Set<String> second = first;
      while (second.size() != 1 || second.equals(first)) {
        seen.apply(al.next("room:ro4", "presence_diff"));
        second = seen.refs().getOrDefault("ro4-bo", Set.of());
      }
      al.heartbeat();
    }
  }
}
