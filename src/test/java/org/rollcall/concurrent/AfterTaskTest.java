package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class AfterTaskTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> log = new ArrayList<>();

  private void putOff(String text) {
    assertThat(AfterTask.putOff(() -> log.add(text))).isTrue();
  }

  @Test
  void actionsRunInTheirOrderAfterTheTask() {
    AfterTask.run(
        () -> {
          putOff("a");
          putOff("b");
          log.add("task");
        },
        executor);
    assertThat(log).containsExactly("task", "a", "b");
  }

  @Test
  void nothingIsPutOffWithoutATask() {
    assertThat(AfterTask.putOff(() -> log.add("a"))).isFalse();
    AfterTask.run(() -> putOff("b"), executor);
    assertThat(AfterTask.putOff(() -> log.add("c"))).isFalse();
    assertThat(log).containsExactly("b");
  }

  @Test
  void theOuterTaskRunsTheActionsOfAnInnerOne() {
    AfterTask.run(
        () -> {
          AfterTask.run(() -> putOff("a"), executor);
          log.add("outer");
        },
        executor);
    assertThat(log).containsExactly("outer", "a");
  }

  @Test
  void theExecutorSharesWhatIsTooMuchForOneThread() {
    AfterTask.run(
        () -> IntStream.range(0, 3 * AfterTask.CHUNK + 1).forEach(i -> putOff("" + i)), executor);
    assertThat(log).hasSize(AfterTask.CHUNK);
    assertThat(executor.size()).isEqualTo(3);
    executor.runAll();
    assertThat(log)
        .isEqualTo(IntStream.range(0, 3 * AfterTask.CHUNK + 1).mapToObj(i -> "" + i).toList());
  }

  @Test
  void theExecutorRunsAllActionsOfATaskThatHandsThemOver() {
    AfterTask.runAndHandOver(() -> putOff("a"), executor);
    assertThat(log).isEmpty();
    executor.runAll();
    assertThat(log).containsExactly("a");
  }

  @Test
  void anActionThatFailsDoesNotKeepTheOthers() {
    AfterTask.run(
        () -> {
          assertThat(
                  AfterTask.putOff(
                      () -> {
                        throw new IllegalStateException("of the test");
                      }))
              .isTrue();
          putOff("b");
        },
        executor);
    assertThat(log).containsExactly("b");
  }

  @Test
  void aTaskThatFailsRunsItsActions() {
    assertThatThrownBy(
            () ->
                AfterTask.run(
                    () -> {
                      putOff("a");
                      throw new IllegalStateException("of the test");
                    },
                    executor))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log).containsExactly("a");
  }

  @Test
  void anExecutorThatHasStoppedKeepsTheFirstChunk() {
    AfterTask.run(
        () -> IntStream.range(0, 2 * AfterTask.CHUNK).forEach(i -> putOff("" + i)),
        task -> {
          throw new RejectedExecutionException("stopped");
        });
    assertThat(log).hasSize(AfterTask.CHUNK);
  }
}
