package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.LocalPeer;

/** How often a user may wish to be seen or not, and how many wishes wait. */
class VisibilityRequestLimitTest extends VisibilityRequestsFixture {
  private static String tooSoon(int rate) {
    return "{\"status\":\"error\",\"response\":{\"reason\":\"rate limited\",\"detail\":\"expected at"
        + " most "
        + rate
        + " changes of visibility a second (rollcall.limits.visibility)\"}}]";
  }

  @Test
  void aWishPastTheRateOfItsUserIsRefusedAndChangesNothing() {
    LocalPeer phone = join("ada");
    LocalPeer ben = join("ben");
    for (int i = 0; i < 10; i++) {
      assertThat(wish(i % 2 == 0 ? NOBODY : FRIENDS)).contains("\"ok\"");
    }
    assertThat(wish(NOBODY)).isEqualTo(tooSoon(1));
    replies(phone);
    wish(phone, "ada", 2, NOBODY);
    assertThat(replies(phone)).containsExactly(tooSoon(1));
    assertThat(writes).hasValue(10);
    assertThat(node.rules().isHidden("ada")).isFalse();
    replies(ben);
    wish(ben, "ben", 2, NOBODY);
    assertThat(replies(ben)).containsExactly(ok(NOBODY));
    node.pass(Duration.ofSeconds(1));
    assertThat(wish(NOBODY)).isEqualTo(ok(NOBODY));
    assertThat(wish(FRIENDS)).isEqualTo(tooSoon(1));
  }

  @Test
  void theNinthThatWaitsIsRefusedAtOnce() {
    restart(Map.of("rollcall.limits.visibility", "10"));
    node.holdUp(true);
    for (int i = 0; i < 9; i++) {
      wish(ada, "ada", 10 + i, i % 2 == 0 ? NOBODY : FRIENDS);
    }
    assertThat(replies(ada)).containsExactly(error("visibility unavailable"));
    node.holdUp(false);
    assertThat(replies(ada)).hasSize(8).allMatch(frame -> frame.contains("\"ok\""));
    assertThat(writes).hasValue(8);
  }

  @Test
  void fourUsersWishAtATimeSoThatFriendsAreAskedMeanwhile() {
    List<LocalPeer> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(join("u" + i));
    }
    node.holdUp(true);
    for (int i = 0; i < 10; i++) {
      wish(peers.get(i), "u" + i, 2, NOBODY);
    }
    node.pass(Duration.ZERO);
    assertThat(node.asking()).isEqualTo(4);
    node.holdUp(false);
    node.pass(Duration.ZERO);
    assertThat(writes).hasValue(10);
  }

  @Test
  void aUserIsForgottenWhoMayWishAsOftenAsAnyone() {
    wish(FRIENDS);
    assertThat(node.router().wishing()).isZero();
    wish(NOBODY);
    node.router().check();
    assertThat(node.router().wishing()).isEqualTo(1);
    node.pass(Duration.ofSeconds(1));
    node.router().check();
    assertThat(node.router().wishing()).isZero();
    assertThat(node.stored().get(VisibilityRule.hidden("ada"))).isEqualTo(Long.MAX_VALUE);
  }
}
