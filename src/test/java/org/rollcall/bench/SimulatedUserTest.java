package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedUserTest {
  private final List<String> changes = new ArrayList<>();
  private final SimulatedUser user =
      new SimulatedUser(
          1,
          new int[] {2, 3},
          (watcher, friend, online) -> changes.add(friend + (online ? " comes" : " goes")),
          client -> {});

  private void receive(String event, String payload) {
    String message = "[null,null,\"user_presence:u2\",\"" + event + "\"," + payload + "]";
    user.text(message.getBytes(StandardCharsets.UTF_8), 0);
  }

  private static String metas(String friend, String ref) {
    return "{\"" + friend + "\":{\"metas\":[{\"online_at\":1,\"phx_ref\":\"" + ref + "\"}]}}";
  }

  @Test
  void statesAndDiffsTellWhoIsOnline() {
    receive("presence_state", metas("u2", "a"));
    receive("presence_diff", "{\"joins\":" + metas("u3", "b") + ",\"leaves\":{}}");
    receive("presence_diff", "{\"joins\":{},\"leaves\":" + metas("u2", "a") + "}");
    assertThat(changes).containsExactly("2 comes", "3 comes", "2 goes");
    assertThat(user.online().isOnline(3)).isTrue();
  }

  @Test
  void diffsBeforeTheStateAreAppliedAfterIt() {
    receive("presence_diff", "{\"joins\":{},\"leaves\":" + metas("u2", "a") + "}");
    receive("presence_state", metas("u2", "a"));
    assertThat(user.online().count()).isZero();
  }

  @Test
  void anUpdateKeepsAFriendOnline() {
    receive("presence_state", metas("u2", "a"));
    receive(
        "presence_diff",
        "{\"joins\":" + metas("u2", "b") + ",\"leaves\":" + metas("u2", "a") + "}");
    assertThat(changes).containsExactly("2 comes");
  }

  @Test
  void anEventThatNobodyExpectsEndsTheRun() {
    assertThatThrownBy(() -> receive("phx_error", "{}"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("user:u1 got the event phx_error");
    assertThatThrownBy(
            () -> receive("phx_reply", "{\"status\":\"error\",\"response\":{\"reason\":\"no\"}}"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("user:u1 was refused: no");
  }
}
