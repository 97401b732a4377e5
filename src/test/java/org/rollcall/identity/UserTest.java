package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserTest {
  private static User user(Optional<String> session) {
    User.Grant grant =
        new User.Grant(session, Optional.empty(), Optional.of(Instant.EPOCH), Instant.MAX);
    return new User(
        "ada", Optional.of("Ada"), Set.of("group"), Optional.of(Set.of("friend")), grant);
  }

  @Test
  void aNamedLogInKeepsOfTheUserOnlyTheIdAndTheGrant() {
    User ada = user(Optional.of("desk"));
    assertThat(ada.namedLogin())
        .contains(new User("ada", Optional.empty(), Set.of(), Optional.empty(), ada.grant()));
  }

  @Test
  void aLogInWithoutANameIsNone() {
    assertThat(user(Optional.empty()).namedLogin()).isEmpty();
  }
}
