package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rollcall.config.WrongSetting;
import org.rollcall.testing.LoggedTroubles;

class StartOnceTest {
  private final AtomicInteger starts = new AtomicInteger();
  private final List<String> reasons = new ArrayList<>();

  private StartOnce<String> failing(RuntimeException failure) {
    return new StartOnce<>(
        () -> {
          starts.incrementAndGet();
          throw failure;
        },
        reasons::add);
  }

  @Test
  void aStartedNodeIsNotStartedAgain() {
    StartOnce<Integer> start = new StartOnce<>(starts::incrementAndGet, reasons::add);
    assertThat(start.get()).isEqualTo(1);
    assertThat(start.get()).isEqualTo(1);
    assertThat(reasons).isEmpty();
  }

  @Test
  void aStartThatFailedIsNotTriedAgainAndIsReportedOnce() {
    StartOnce<String> start = failing(new WrongSetting("rollcall.node", "another name", "a"));
    assertThatThrownBy(start::get).isInstanceOf(NotStarted.class);
    assertThatThrownBy(start::get).isInstanceOf(NotStarted.class);
    assertThat(starts).hasValue(1);
    assertThat(reasons).containsExactly("rollcall.node: expected another name, but got a");
  }

  @Test
  void aServerThatPrintsTheFailureDoesNotRepeatTheReason() {
    StringWriter printed = new StringWriter();
    Throwable failure = catchThrowable(failing(new WrongSetting("rollcall.node", "b", "a"))::get);
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString().strip())
        .isEqualTo(
            "org.rollcall.node.NotStarted: Rollcall has not started; the last line of the"
                + " server's log says why");
  }

  @Test
  void theReasonOfAnyFailureIsOneLineAndItsStackIsLogged() {
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      RuntimeException cause = new IllegalArgumentException("no such table\nrollcall_rules");
      RuntimeException failure = new IllegalStateException("Rules could not be read", cause);
      assertThatThrownBy(failing(failure)::get).isInstanceOf(NotStarted.class);
      assertThat(reasons).containsExactly("Rules could not be read: no such table rollcall_rules");
      assertThat(troubles.all()).containsExactly("The start has failed: " + failure);
    }
  }
}
