package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.PresenceView;
import org.rollcall.testing.TestToken;

/** Phoenix's own presence, on {@code room:<name>}. */
interface RoomRules extends Deployed {
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
  default void aTextThatUtf8CannotCarryBreaksNobody() {
    try (PhoenixClient al = site().connect(TestToken.of("ro9-al"));
        PhoenixClient bo = site().connect(TestToken.of("ro9-bo"))) {
      enter(al, "room:ro9", "{}");
      enter(bo, "room:ro9", "{\"meta\":{\"s\":\"\\ud800\"}}");
      assertThat(al.next("room:ro9", "presence_diff").joins()).containsOnlyKeys("ro9-bo");
      al.heartbeat();
      bo.heartbeat();
    }
  }

  @Test
  default void whoLeavesTheChannelLeavesTheRoom() {
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
