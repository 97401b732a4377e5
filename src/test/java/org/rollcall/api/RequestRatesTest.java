package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.ManualExecutor;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestRatesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ManualExecutor executor = new ManualExecutor();
  private final RequestRates rates = new RequestRates(10, executor, nanos::get);

  private Optional<Runnable> begin(String user) {
    return rates.begin(user).map(RequestRates.Begun::end);
  }

  @Test
  void soManyMayBeUnansweredAndOtherUsersAreNotConcerned() {
    List<Runnable> ends = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      ends.add(begin("a").orElseThrow());
    }
    assertThat(begin("a")).isEmpty();
    assertThat(begin("b")).isPresent();
    ends.get(0).run();
    assertThat(begin("a")).isPresent();
    assertThat(begin("a")).isEmpty();
  }

  @Test
  void soManyComeInASecondAfterTenSecondsWorthAtOnce() {
    for (int i = 0; i < 100; i++) {
      begin("a").orElseThrow().run();
    }
    assertThat(begin("a")).isEmpty();
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    begin("a").orElseThrow().run();
    assertThat(begin("a")).isEmpty();
  }

  @Test
  void aUserIsForgottenWhoMayMakeAsManyAsAnyone() {
    Runnable end = begin("a").orElseThrow();
    begin("b").orElseThrow().run();
    assertThat(rates.size()).isEqualTo(2);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    begin("c").orElseThrow().run();
    assertThat(rates.size()).isEqualTo(2);
    end.run();
    assertThat(rates.size()).isEqualTo(1);
  }

  @Test
  void twoAnswersOfAUserAreWrittenAtATime() {
    Executor ofA = rates.begin("a").orElseThrow().answering();
    Executor again = rates.begin("a").orElseThrow().answering();
    Executor ofB = rates.begin("b").orElseThrow().answering();
    for (int i = 0; i < 5; i++) {
      ofA.execute(() -> {});
      again.execute(() -> {});
    }
    assertThat(executor.size()).isEqualTo(2);
    ofB.execute(() -> {});
    assertThat(executor.size()).isEqualTo(3);
    executor.runAll();
    assertThat(executor.size()).isZero();
  }
}
