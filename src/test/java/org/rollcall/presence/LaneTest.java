package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void itTellsWhenAllThatWasMarkedHasBeenWorkedOn() {
    ManualExecutor executor = new ManualExecutor();
    List<String> seen = new ArrayList<>();
    Lane<String> lane = new Lane<>(executor, seen::addAll);
    assertThat(lane.settled()).isCompleted();
    lane.mark("a");
    CompletableFuture<Void> first = lane.settled();
    lane.mark("b");
    CompletableFuture<Void> both = lane.settled();
    assertThat(first).isNotDone();
    executor.runAll();
    assertThat(first).isCompleted();
    assertThat(both).isCompleted();
    assertThat(seen).containsExactly("a", "b");
    lane.mark("c");
    assertThat(lane.settled()).isNotDone();
  }

  @Test
  void whatIsMarkedDuringTheWorkIsWaitedForOnlyByThoseWhoAskLater() {
    ManualExecutor executor = new ManualExecutor();
    List<CompletableFuture<Void>> during = new ArrayList<>();
    List<Lane<Integer>> self = new ArrayList<>();
    Lane<Integer> lane =
        new Lane<>(
            executor,
            batch -> {
              if (during.size() < 3) {
                during.add(self.get(0).settled());
                self.get(0).mark(during.size());
              }
            });
    self.add(lane);
    lane.mark(0);
    CompletableFuture<Void> before = lane.settled();
    executor.runAll();
    assertThat(before).isCompleted();
    assertThat(during).hasSize(3).allMatch(CompletableFuture::isDone);
  }

  @Test
  void workThatFailsHoldsUpNobody() {
    ManualExecutor executor = new ManualExecutor();
    Lane<Integer> lane =
        new Lane<>(
            executor,
            batch -> {
              throw new IllegalStateException("expected by the test");
            });
    lane.mark(1);
    CompletableFuture<Void> settled = lane.settled();
    executor.runAll();
    assertThat(settled).isCompleted();
  }
}
