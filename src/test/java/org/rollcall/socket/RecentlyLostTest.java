package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.identity.User;

class RecentlyLostTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RecentlyLost lost = new RecentlyLost(GRACE);

  private static User user(String id, Optional<String> session) {
    User.Grant grant =
        new User.Grant(session, Optional.empty(), Optional.of(Instant.EPOCH), Instant.MAX);
    return new User(id, Optional.of(id), Set.of(), Optional.of(Set.of("friend")), grant);
  }

  private Set<String> users(String session, long now) {
    return lost.users(user -> user.session().equals(Optional.of(session)), now);
  }

  @Test
  void whoLostAConnectionIsKnownByTheSessionForAsLongAsItLingers() {
    lost.add(user("ada", Optional.of("desk")), 1);
    lost.add(user("ada", Optional.of("phone")), 2);
    lost.add(user("bob", Optional.of("desk of bob")), 3);
    assertThat(users("desk", 1 + GRACE.toNanos())).containsExactly("ada");
    assertThat(users("desk", 2 + GRACE.toNanos())).isEmpty();
    assertThat(users("phone", 2 + GRACE.toNanos())).containsExactly("ada");
  }

  @Test
  void whoHasNoSessionIsNotRemembered() {
    lost.add(user("ada", Optional.empty()), 1);
    assertThat(lost.users(user -> true, 1)).isEmpty();
  }

  @Test
  void theLatestTwentyThousandAreRemembered() {
    for (int i = 0; i < 20_001; i++) {
      lost.add(user("u" + i, Optional.of("s" + i)), 1);
    }
    assertThat(users("s0", 1)).isEmpty();
    assertThat(users("s1", 1)).containsExactly("u1");
    assertThat(users("s20000", 1)).containsExactly("u20000");
  }
}
