package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.LocalPeer;

/** How often a user may send a request about visibility, and how many requests may wait. */
class VisibilityRequestLimitTest extends VisibilityRequestsFixture {
  private static String tooSoon(int rate) {
    return "{\"status\":\"error\",\"response\":{\"reason\":\"rate limited\",\"detail\":\"expected at"
        + " most "
        + rate
        + " changes of visibility a second (rollcall.limits.visibility)\"}}]";
  }

  @Test
  void aRequestPastTheRateOfItsUserIsRefusedAndChangesNothing() {
    LocalPeer phone = join("ada");
    LocalPeer ben = join("ben");
    for (int i = 0; i < 10; i++) {
      assertThat(request(i % 2 == 0 ? NOBODY : FRIENDS)).contains("\"ok\"");
    }
    assertThat(request(NOBODY)).isEqualTo(tooSoon(1));
    replies(phone);
    request(phone, "ada", 2, NOBODY);
    assertThat(replies(phone)).containsExactly(tooSoon(1));
    assertThat(writes).hasValue(10);
    assertThat(node.rules().isHidden("ada")).isFalse();
    replies(ben);
    request(ben, "ben", 2, NOBODY);
    assertThat(replies(ben)).containsExactly(ok(NOBODY));
    node.pass(Duration.ofSeconds(1));
    assertThat(request(NOBODY)).isEqualTo(ok(NOBODY));
    assertThat(request(FRIENDS)).isEqualTo(tooSoon(1));
  }

  @Test
  void theNinthThatWaitsIsRefusedAtOnce() {
    restart(Map.of("rollcall.limits.visibility", "10"));
    node.holdUp(true);
    for (int i = 0; i < 9; i++) {
      request(ada, "ada", 10 + i, i % 2 == 0 ? NOBODY : FRIENDS);
    }
    assertThat(replies(ada)).containsExactly(error("visibility unavailable"));
    node.holdUp(false);
    assertThat(replies(ada)).hasSize(8).allMatch(frame -> frame.contains("\"ok\""));
    assertThat(writes).hasValue(8);
  }

  @Test
  void requestsOfFourUsersAreCarriedOutAtATimeSoThatFriendsAreAskedMeanwhile() {
    List<LocalPeer> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(join("u" + i));
    }
    node.holdUp(true);
    for (int i = 0; i < 10; i++) {
      request(peers.get(i), "u" + i, 2, NOBODY);
    }
    node.pass(Duration.ZERO);
    assertThat(node.asking()).isEqualTo(4);
    node.holdUp(false);
    node.pass(Duration.ZERO);
    assertThat(writes).hasValue(10);
  }

  @Test
  void aUserIsForgottenWhoseFullRateIsAvailable() {
    request(FRIENDS);
    assertThat(node.router().requesters()).isZero();
    request(NOBODY);
    node.router().check();
    assertThat(node.router().requesters()).isEqualTo(1);
    node.pass(Duration.ofSeconds(1));
    node.router().check();
    assertThat(node.router().requesters()).isZero();
    assertThat(node.stored().get(VisibilityRule.hidden("ada"))).isEqualTo(Long.MAX_VALUE);
  }
}
