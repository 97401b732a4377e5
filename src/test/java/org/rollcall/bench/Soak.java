package org.rollcall.bench;

import java.time.Duration;
import java.util.List;

/** Half of what a server sustains, for a long time: does its heap grow? */
final class Soak {
  /** The heap is looked at after a sixth of the time, and in the end. */
  private static final int PARTS = 6;

  private final GeneratorRun run;

  Soak(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.SOAK);
    List<SimulatedUser> circle = run.circle(run.options().users(), run.options().friends());
    run.users().join(circle);
    run.awaitWholeCircle(circle);
    int rate = Math.max(1, run.sustained() / 2);
    Duration begin = run.options().soak().dividedBy(PARTS);
    double early = heapAfter(begin, rate, circle);
    double late = heapAfter(run.options().soak().minus(begin), rate, circle);
    String name = "soak at %,d per second, live heap after ".formatted(rate);
    run.figure(name + begin + ", MB", early);
    run.figure(name + run.options().soak() + ", MB", late);
    run.users().leave(circle);
  }

  private double heapAfter(Duration length, int rate, List<SimulatedUser> circle) {
    run.step(ScenarioKind.SOAK, "%,d comings and goings per second for %s".formatted(rate, length));
    new Churn(run).at(rate, length, circle);
    return run.server().liveKb() / 1024;
  }
}
