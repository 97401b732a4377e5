package org.rollcall.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class DelayedRefusalsTest {
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final ManualExecutor executor = new ManualExecutor();
  private final List<Runnable> timer = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();

  private DelayedRefusals refusals(Duration delay) {
    return new DelayedRefusals(
        new DelayedRefusals.Limits(delay, 2),
        executor,
        (task, after) -> {
          timer.add(task);
          delays.add(after);
        });
  }

  private final DelayedRefusals refusals = refusals(DELAY);

  @Test
  void aRefusalIsAnsweredAfterTheDelayOnTheExecutor() {
    refusals.answer(() -> answered.add("a"));
    assertThat(answered).isEmpty();
    assertThat(delays).containsExactly(DELAY);
    timer.get(0).run();
    assertThat(answered).as("the timer only hands over").isEmpty();
    executor.runAll();
    assertThat(answered).containsExactly("a");
    assertThat(refusals.size()).isZero();
  }

  @Test
  void onlySoManyWaitAndTheNextIsAnsweredAtOnce() {
    refusals.answer(() -> answered.add("a"));
    refusals.answer(() -> answered.add("b"));
    refusals.answer(() -> answered.add("c"));
    assertThat(answered).containsExactly("c");
    assertThat(timer).hasSize(2);
    timer.get(0).run();
    executor.runAll();
    refusals.answer(() -> answered.add("d"));
    assertThat(answered).containsExactly("c", "a");
  }

  @Test
  void withoutADelayEachIsAnsweredAtOnce() {
    refusals(Duration.ZERO).answer(() -> answered.add("a"));
    assertThat(answered).containsExactly("a");
    assertThat(timer).isEmpty();
  }

  @Test
  void aRefusalThatWasAnsweredBeforeItsTimeIsNotKept() {
    Runnable refusal = () -> answered.add("a");
    refusals.answer(refusal);
    refusals.hurry(refusal);
    assertThat(answered).containsExactly("a");
    timer.get(0).run();
    assertThat(executor.size()).as("the timer has nothing to hand over").isZero();
    refusals.answer(refusal);
    assertThat(answered).hasSize(1);
    assertThat(refusals.size()).isEqualTo(1);
  }

  @Test
  void refusalsThatWaitWhenTheNodeStopsAreAnsweredThenAndOnce() {
    refusals.answer(() -> answered.add("a"));
    refusals.answer(
        () -> {
          throw new IllegalStateException("gone");
        });
    refusals.close();
    assertThat(answered).containsExactly("a");
    timer.forEach(Runnable::run);
    executor.runAll();
    assertThat(answered).containsExactly("a");
  }
}
