package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.LoggedTroubles;

@Timeout(60)
class WarmUpTest {
  @Test
  void joinsAreRehearsedAndNothingIsLogged() {
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      assertThat(WarmUp.rehearse(Duration.ofSeconds(2))).isPositive();
      assertThat(troubles.all()).isEmpty();
    }
  }
}
