package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.identity.TextRules;
import org.rollcall.testing.LoggedTroubles;

@Timeout(10)
class WarningsByReasonTest {
  private final AtomicLong nanos = new AtomicLong();
  private final WarningsByReason<Reason> warning =
      new WarningsByReason<>(
          Reason.class, System.getLogger(WarningsByReasonTest.class.getName()), nanos::get);

  private enum Reason {
    ONE,
    OTHER
  }

  @Test
  void eachReasonIsLoggedOnceInTenMinutes() {
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      warning.log(Reason.ONE, () -> "one");
      warning.log(Reason.OTHER, () -> "other");
      warning.log(
          Reason.ONE,
          () -> {
            throw new AssertionError("Expected no sentence to be made");
          });
      nanos.set(Duration.ofMinutes(10).toNanos());
      warning.log(Reason.ONE, () -> "again");
      assertThat(troubles.all()).containsExactly("one: null", "other: null", "again: null");
    }
  }

  @ParameterizedTest
  @CsvSource({"https://evil.example, https://evil.example", "a\u0007b\u001b[31m\u00e9, a?b?[31m?"})
  void textOfClientsIsOnePlainLine(String text, String logged) {
    assertThat(TextRules.forLog(text)).isEqualTo(logged);
    assertThat(TextRules.forLog(text + "\r\nSEVERE: x")).isEqualTo(logged + "??SEVERE: x");
    assertThat(TextRules.forLog("x".repeat(5000))).hasSize(103);
  }
}
