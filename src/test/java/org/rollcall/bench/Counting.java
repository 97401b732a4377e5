package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Visitors of one page join its count as fast as the server lets them. */
final class Counting {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final GeneratorRun run;

  Counting(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.COUNT);
    int size = run.options().viewers();
    Samples exact = new Samples();
    Samples diffs = new Samples();
    for (int i = 1; i <= run.options().rounds(); i++) {
      run.step(
          ScenarioKind.COUNT,
          "%,d viewers join a count, round %d of %d".formatted(size, i, run.options().rounds()));
      List<CountViewer> viewers = viewers(size, 1, "count:bench-" + i);
      run.users().join(viewers);
      long joined = System.nanoTime();
      awaitTotals(viewers, size);
      exact.add((System.nanoTime() - joined) / 1e9);
      diffs.add(viewers.stream().mapToInt(CountViewer::diffs).max().orElse(0));
      run.users().leave(viewers);
    }
    run.figure("all of %,d viewers show the exact count after, s".formatted(size), exact.median());
    run.figure("diffs of one of %,d viewers, at most".formatted(size), diffs.median());
  }

  /** Returns viewers who are spread over some topics. */
  List<CountViewer> viewers(int size, int topics, String name) {
    return IntStream.range(0, size)
        .mapToObj(i -> new CountViewer(name + "-" + i % topics, run.users()))
        .toList();
  }

  /** Waits until all show a total, or ends the run. */
  void awaitTotals(List<CountViewer> viewers, int total) {
    if (!run.loop().turnUntil(LIMIT, () -> viewers.stream().allMatch(v -> v.total() == total))) {
      long wrong = viewers.stream().filter(viewer -> viewer.total() != total).count();
      throw new BenchFailure(
          "%,d of %,d viewers show another total than %,d after %s"
              .formatted(wrong, viewers.size(), total, LIMIT));
    }
  }
}
