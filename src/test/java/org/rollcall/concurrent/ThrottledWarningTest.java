package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.LoggedTroubles;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ThrottledWarningTest {
  @Test
  void aWarningIsNotRepeatedForTenMinutes() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    ThrottledWarning warning =
        new ThrottledWarning(System.getLogger(ThrottledWarningTest.class.getName()), nanos::get);
    try (LoggedTroubles log = new LoggedTroubles()) {
      warning.log("one");
      warning.log("two");
      nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
      warning.log("three");
      assertThat(log.all()).singleElement().asString().startsWith("one");
      nanos.incrementAndGet();
      warning.log("four");
      assertThat(log.all()).hasSize(2).last().asString().startsWith("four");
    }
  }
}
