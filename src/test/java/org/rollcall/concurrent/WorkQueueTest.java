package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

class WorkQueueTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> worked = new ArrayList<>();
  private final WorkQueue<String> workQueue = new WorkQueue<>(executor, worked::addAll);

  @Test
  void anItemMarkedTwiceIsWorkedOnOnce() {
    workQueue.mark("a");
    workQueue.mark("b");
    workQueue.mark("a");
    executor.runAll();
    assertThat(worked).containsExactly("a", "b");
  }

  @Test
  void anItemMarkedDuringTheWorkIsWorkedOnAgain() {
    List<WorkQueue<String>> self = new ArrayList<>();
    WorkQueue<String> marking =
        new WorkQueue<>(
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
    IntStream.range(0, 10_000).forEach(i -> workQueue.mark("a" + i));
    assertThat(executor.size()).isEqualTo(1);
    executor.runAll();
    assertThat(worked).hasSize(10_000);
  }

  @Test
  void aFailureLosesItsBatchOnly() {
    WorkQueue<String> failing =
        new WorkQueue<>(
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
    WorkQueue<String> workQueue = new WorkQueue<>(executor, seen::addAll);
    assertThat(workQueue.settled()).isCompleted();
    workQueue.mark("a");
    CompletableFuture<Void> first = workQueue.settled();
    workQueue.mark("b");
    CompletableFuture<Void> both = workQueue.settled();
    assertThat(first).isNotDone();
    executor.runAll();
    assertThat(first).isCompleted();
    assertThat(both).isCompleted();
    assertThat(seen).containsExactly("a", "b");
    workQueue.mark("c");
    assertThat(workQueue.settled()).isNotDone();
  }

  @Test
  void onlyLaterCallersWaitForItemsMarkedDuringTheWork() {
    ManualExecutor executor = new ManualExecutor();
    List<CompletableFuture<Void>> during = new ArrayList<>();
    List<WorkQueue<Integer>> self = new ArrayList<>();
    WorkQueue<Integer> workQueue =
        new WorkQueue<>(
            executor,
            batch -> {
              if (during.size() < 3) {
                during.add(self.get(0).settled());
                self.get(0).mark(during.size());
              }
            });
    self.add(workQueue);
    workQueue.mark(0);
    CompletableFuture<Void> before = workQueue.settled();
    executor.runAll();
    assertThat(before).isCompleted();
    assertThat(during).hasSize(3).allMatch(CompletableFuture::isDone);
  }

  @Test
  void workThatFailsHoldsUpNobody() {
    ManualExecutor executor = new ManualExecutor();
    WorkQueue<Integer> workQueue =
        new WorkQueue<>(
            executor,
            batch -> {
              throw new IllegalStateException("expected by the test");
            });
    workQueue.mark(1);
    CompletableFuture<Void> settled = workQueue.settled();
    executor.runAll();
    assertThat(settled).isCompleted();
  }
}
