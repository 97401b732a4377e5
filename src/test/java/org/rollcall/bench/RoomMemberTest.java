package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoomMemberTest {
  private static final String METAS = ":{\"metas\":[{\"online_at\":1,\"phx_ref\":\"a\"}]}";
  private final RoomMember member = new RoomMember(1, "room:r", client -> {});

  private static void receive(TopicClient client, String event, String payload) {
    String message = "[null,null,\"room:r\",\"" + event + "\"," + payload + "]";
    client.text(message.getBytes(StandardCharsets.UTF_8), 0);
  }

  private static String diff(String joins, String leaves) {
    return "{\"joins\":{" + joins + "},\"leaves\":{" + leaves + "}}";
  }

  @Test
  void aMemberCountsAllOfAStateAndOfDiffs() {
    receive(member, "presence_state", "{\"u0\"" + METAS + ",\"u7\"" + METAS + "}");
    receive(member, "presence_diff", diff("\"u1\"" + METAS + ",\"u8\"" + METAS, ""));
    receive(member, "presence_diff", diff("", "\"u7\"" + METAS));
    assertThat(member.size()).isEqualTo(3);
    assertThat(member.diffs()).isEqualTo(2);
  }

  @Test
  void aStateReplacesWhatWasKnown() {
    receive(member, "presence_state", "{\"u0\"" + METAS + ",\"u7\"" + METAS + "}");
    receive(member, "presence_state", "{\"u7\"" + METAS + "}");
    assertThat(member.size()).isEqualTo(1);
  }

  @Test
  void aJoinThatComesTwiceEndsTheRun() {
    receive(member, "presence_state", "{\"u0\"" + METAS + "}");
    assertThatThrownBy(() -> receive(member, "presence_diff", diff("\"u0\"" + METAS, "")))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("u1 was told twice that u0 joins room:r");
    assertThatThrownBy(() -> receive(member, "presence_diff", diff("", "\"u9\"" + METAS)))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("u1 was told twice that u9 leaves room:r");
  }

  @Test
  void aFullRoomRefusesWithAReason() {
    LateMember late = new LateMember("u9", "room:r", client -> {});
    String refusal = "{\"status\":\"error\",\"response\":{\"reason\":\"room is full\"}}";
    receive(late, "phx_reply", refusal);
    assertThat(late.reason()).isEqualTo("room is full");
    assertThatThrownBy(() -> receive(late, "presence_state", "{}"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("u9 was let into room:r, which is full");
    assertThatThrownBy(() -> receive(member, "phx_reply", refusal))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("room:r was refused: room is full");
  }
}
