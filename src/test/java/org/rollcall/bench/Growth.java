package org.rollcall.bench;

import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.rollcall.bench.GeneratorOutput.Point;

/** How cost grows with watchers, friends, users and topics: plots, and the slope of each. */
final class Growth {
  private static final int SOME_USERS = 1_000;
  private static final int SOME_VIEWERS = 2_000;

  private final GeneratorRun run;

  Growth(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.GROWTH);
    vary("diffs per second by watchers", run.options().growth("watchers"), this::diffsPerSecond);
    vary(
        "CPU ms per join by friends",
        run.options().growth("friends"),
        friends -> joinMillis(Math.max(SOME_USERS, friends + 2), friends));
    vary(
        "CPU ms per join by users",
        run.options().growth("users"),
        users -> joinMillis(users, run.options().friends()));
    vary("heap KB per user by users", run.options().growth("users"), this::heapOfOne);
    vary("CPU ms per viewer by topics", run.options().growth("topics"), this::viewerMillis);
  }

  private void vary(String plot, List<Integer> sizes, IntToDoubleFunction measurement) {
    TreeMap<Double, Double> curve = new TreeMap<>();
    for (int size : sizes) {
      // A size that this machine cannot connect is replaced by the largest that it can.
      int possible = Math.min(size, Descriptors.connections()) / 2 * 2 + size % 2;
      run.step(ScenarioKind.GROWTH, "%s: %,d".formatted(plot, possible));
      double value = measurement.applyAsDouble(possible);
      curve.put((double) possible, value);
      run.tell(new Point(plot, possible, value));
    }
    if (curve.size() > 1) {
      run.figure(plot.replace(" by ", ", change per 1,000 further "), 1_000 * Slope.of(curve));
    }
  }

  private double diffsPerSecond(int watchers) {
    return new FanOut(run).to(watchers, ScenarioKind.GROWTH).perSecond().median();
  }

  /** Measures joins without the JIT: each number of friends is new to the server. */
  private double joinMillis(int users, int friends) {
    List<SimulatedUser> circle = run.circle(users, friends);
    Joins joins = new Joins(run);
    for (int i = 0; i < run.options().rounds(); i++) {
      joins.round(circle);
    }
    return joins.netMillis();
  }

  private double heapOfOne(int users) {
    List<SimulatedUser> circle = run.circle(users, run.options().friends());
    run.loop().turnFor(Idle.SETTLED);
    double empty = run.server().liveKb();
    run.users().join(circle);
    run.awaitWholeCircle(circle);
    double full = run.server().liveKb();
    run.users().leave(circle);
    return (full - empty) / users;
  }

  private double viewerMillis(int topics) {
    Samples millis = new Samples();
    Counting counting = new Counting(run);
    for (int i = 0; i < run.options().rounds(); i++) {
      List<CountViewer> viewers =
          counting.viewers(SOME_VIEWERS, topics, "count:growth-" + topics + "-" + i);
      ServerUsage.Cpu before = run.server().cpu();
      run.users().join(viewers);
      counting.awaitTotals(viewers, SOME_VIEWERS / topics);
      millis.add(run.server().cpu().since(before).millisWithoutCompilers() / SOME_VIEWERS);
      run.users().leave(viewers);
    }
    return millis.median();
  }
}
