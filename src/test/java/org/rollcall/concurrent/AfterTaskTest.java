package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class AfterTaskTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> log = new ArrayList<>();

  private void putOff(String text) {
    assertThat(AfterTask.putOff(() -> log.add(text), null)).isTrue();
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
    assertThat(AfterTask.putOff(() -> log.add("a"), null)).isFalse();
    AfterTask.run(() -> putOff("b"), executor);
    assertThat(AfterTask.putOff(() -> log.add("c"), null)).isFalse();
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
                      },
                      null))
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

  /** Puts so many actions off; every third for each of two threads of the server, one for none. */
  private void shareAmong(int count, Executor first, Executor second) {
    AfterTask.runAndHandOver(
        () -> {
          for (int i = 0; i < count; i++) {
            String text = List.of("first ", "second ", "any ").get(i % 3) + i;
            @Nullable Executor thread = i % 3 == 0 ? first : i % 3 == 1 ? second : null;
            assertThat(AfterTask.putOff(() -> log.add(text), thread)).isTrue();
          }
        },
        executor);
  }

  private List<String> logOf(String thread) {
    return log.stream().filter(text -> text.startsWith(thread)).toList();
  }

  private static List<String> texts(String thread, int from, int count) {
    return IntStream.range(0, count).mapToObj(i -> thread + (from + 3 * i)).toList();
  }

  @Test
  void aThreadOfTheServerRunsItsOwnActionsInTheirOrder() {
    ManualExecutor first = new ManualExecutor();
    ManualExecutor second = new ManualExecutor();
    int each = 2 * AfterTask.CHUNK;
    shareAmong(3 * each, first, second);
    assertThat(first.size() + second.size()).as("tasks before those of other looks").isZero();

    executor.runAll();
    assertThat(logOf("any ")).hasSize(each);
    assertThat(log).hasSize(each);
    first.runAll();
    second.runAll();
    assertThat(logOf("first ")).isEqualTo(texts("first ", 0, each));
    assertThat(logOf("second ")).isEqualTo(texts("second ", 1, each));
    assertThat(logOf("any ")).isEqualTo(texts("any ", 2, each));
  }

  @Test
  void aThreadThatHasStoppedLosesItsOwnActionsOnly() {
    ManualExecutor first = new ManualExecutor();
    shareAmong(
        9,
        first,
        task -> {
          throw new RejectedExecutionException("stopped");
        });
    executor.runAll();
    first.runAll();
    assertThat(log)
        .containsExactlyInAnyOrder("first 0", "first 3", "first 6", "any 2", "any 5", "any 8");
  }

  @Test
  void aTaskRunsAChunkItselfAndHandsOverTheRestAtOnce() {
    ManualExecutor thread = new ManualExecutor();
    AfterTask.run(
        () ->
            IntStream.range(0, AfterTask.CHUNK + AfterTask.THREAD_CHUNK + 3)
                .forEach(i -> AfterTask.putOff(() -> log.add("" + i), thread)),
        executor);
    assertThat(log).hasSize(AfterTask.CHUNK);
    assertThat(thread.size()).as("tasks for 32 sends, and for the rest").isEqualTo(2);
    assertThat(executor.size()).isZero();
  }
}
