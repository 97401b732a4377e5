package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class BoundedExecutorTest {
  private final ManualExecutor wide = new ManualExecutor();
  private final BoundedExecutor boundedExecutor = new BoundedExecutor(wide, 2, 3);
  private final List<Integer> done = new ArrayList<>();

  private void add(int number) {
    boundedExecutor.execute(() -> done.add(number));
  }

  @Test
  void soManyRunSoManyWaitAndOneMoreIsRejected() {
    for (int i = 0; i < 5; i++) {
      add(i);
    }
    assertThat(wide.size()).isEqualTo(2);
    assertThat(boundedExecutor.waiting()).isEqualTo(3);
    assertThatThrownBy(() -> add(5)).isInstanceOf(RejectedExecutionException.class);
    wide.runAll();
    assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(boundedExecutor.waiting()).isZero();
    add(6);
    wide.runAll();
    assertThat(done).contains(6);
  }

  @Test
  void aTaskBehindAFailedTaskIsRun() {
    for (int i = 0; i < 2; i++) {
      boundedExecutor.execute(
          () -> {
            throw new AssertionError("expected by the test");
          });
    }
    add(7);
    wide.runAll();
    assertThat(done).containsExactly(7);
  }

  @Test
  void aTaskThatTheWiderExecutorRejectsTakesNoThread() {
    BoundedExecutor full =
        new BoundedExecutor(
            task -> {
              throw new RejectedExecutionException("expected by the test");
            },
            1,
            10);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> full.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(full.waiting()).isZero();
  }
}
