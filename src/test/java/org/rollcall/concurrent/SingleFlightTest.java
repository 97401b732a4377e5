package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.ManualExecutor;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SingleFlightTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final SingleFlight<String, Integer> flights = new SingleFlight<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Object> results = new ArrayList<>();

  private void call(String key) {
    flights
        .call(key, calls::incrementAndGet, executor)
        .whenComplete((value, failure) -> results.add(failure == null ? value : cause(failure)));
  }

  /** A failure is wrapped on its way from stage to stage. */
  private static Throwable cause(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  @Test
  void callersWhoComeMeanwhileShareOneCall() {
    call("a");
    call("a");
    call("b");
    executor.runAll();
    assertThat(results).containsExactly(1, 1, 2);
    assertThat(flights.size()).isZero();
  }

  @Test
  void callersWhoComeLaterCallAgain() {
    call("a");
    executor.runAll();
    call("a");
    executor.runAll();
    assertThat(results).containsExactly(1, 2);
  }

  @Test
  void aCallerWhoIsToldTheResultMayCallAgain() {
    flights.call("a", calls::incrementAndGet, executor).whenComplete((value, failure) -> call("a"));
    executor.runAll();
    executor.runAll();
    assertThat(results).containsExactly(2);
  }

  @Test
  void aFailureIsSharedAndNotKept() {
    flights
        .call(
            "a",
            () -> {
              throw new IllegalStateException("expected by the test");
            },
            executor)
        .whenComplete((value, failure) -> results.add(cause(failure)));
    call("a");
    executor.runAll();
    assertThat(results).hasSize(2).allMatch(IllegalStateException.class::isInstance);
    call("a");
    executor.runAll();
    assertThat(results).last().isEqualTo(1);
  }

  @Test
  void aCallThatTheExecutorRejectsFailsAndIsNotKept() {
    flights
        .call(
            "a",
            calls::incrementAndGet,
            task -> {
              throw new RejectedExecutionException("expected by the test");
            })
        .whenComplete((value, failure) -> results.add(cause(failure)));
    assertThat(results).singleElement().isInstanceOf(RejectedExecutionException.class);
    assertThat(flights.size()).isZero();
  }
}
