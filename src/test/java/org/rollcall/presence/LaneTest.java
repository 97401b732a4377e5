package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class LaneTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> worked = new ArrayList<>();
  private final Lane<String> lane = new Lane<>(executor, worked::addAll);

  @Test
  void aThingMarkedTwiceIsWorkedOnOnce() {
    lane.mark("a");
    lane.mark("b");
    lane.mark("a");
    executor.runAll();
    assertThat(worked).containsExactly("a", "b");
  }

  @Test
  void aThingMarkedWhileItIsWorkedOnIsWorkedOnAgain() {
    List<Lane<String>> self = new ArrayList<>();
    Lane<String> marking =
        new Lane<>(
            executor,
            batch -> {
              worked.addAll(batch);
              if (worked.size() == 1) {
                self.get(0).mark("a");
              }
            });
    self.add(marking);
    marking.mark("a");
    executor.runAll();
    assertThat(worked).containsExactly("a", "a");
  }

  @Test
  void onlyOneTaskWaitsHoweverManyMarks() {
    IntStream.range(0, 10_000).forEach(i -> lane.mark("a" + i));
    assertThat(executor.size()).isEqualTo(1);
    executor.runAll();
    assertThat(worked).hasSize(10_000);
  }

  @Test
  void aFailureLosesItsBatchOnly() {
    Lane<String> failing =
        new Lane<>(
            executor,
            batch -> {
              worked.addAll(batch);
              throw new IllegalStateException("expected by the test");
            });
    failing.mark("a");
    executor.runAll();
    failing.mark("b");
    executor.runAll();
    assertThat(worked).containsExactly("a", "b");
  }
}
