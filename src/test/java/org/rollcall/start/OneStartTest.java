package org.rollcall.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rollcall.config.WrongSetting;
import org.rollcall.testing.LoggedTroubles;

class OneStartTest {
  private final AtomicInteger starts = new AtomicInteger();

  private OneStart<String> failing(RuntimeException failure) {
    return new OneStart<>(
        () -> {
          starts.incrementAndGet();
          throw failure;
        });
  }

  @Test
  void whatHasStartedIsNotStartedAgain() {
    OneStart<Integer> start = new OneStart<>(starts::incrementAndGet);
    assertThat(start.get()).isEqualTo(1);
    assertThat(start.get()).isEqualTo(1);
  }

  @Test
  void aStartThatFailedIsNotTriedAgain() {
    OneStart<String> start = failing(new WrongSetting("rollcall.node", "another name", "a"));
    Throwable first = catchThrowable(start::get);
    assertThat(first).isInstanceOf(WrongSetting.class);
    assertThatThrownBy(start::get).isSameAs(first);
    assertThat(starts).hasValue(1);
  }

  @Test
  void theReasonOfAFailedStartIsLoggedOnceAsASentence() {
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      OneStart<String> start = failing(new WrongSetting("rollcall.node", "another name", "a"));
      assertThatThrownBy(start::get).isInstanceOf(WrongSetting.class);
      assertThatThrownBy(start::get).isInstanceOf(WrongSetting.class);
      assertThat(troubles.all())
          .containsExactly(
              "Rollcall has not started: rollcall.node: expected another name, but got a: null");
    }
  }

  @Test
  void theReasonOfAnyFailureIsOneLine() {
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      RuntimeException cause = new IllegalArgumentException("no such table\nrollcall_rules");
      RuntimeException failure = new IllegalStateException("Rules could not be read", cause);
      assertThatThrownBy(failing(failure)::get).isSameAs(failure);
      assertThat(troubles.all())
          .containsExactly(
              "Rollcall has not started: Rules could not be read: no such table rollcall_rules:"
                  + " null");
    }
  }
}
