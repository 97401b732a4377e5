package org.rollcall.bench;

import java.time.Duration;
import java.util.List;

/** Users come and go all the time, at rates that rise until joins take too long. */
final class Churn {
  private static final double LONGEST_MILLIS = 250;
  private static final double TEN_MILLION = 10e6;
  private static final double HALF_AN_HOUR = 1_800;
  private static final Duration END = Duration.ofSeconds(20);

  private final GeneratorRun run;

  Churn(GeneratorRun run) {
    this.run = run;
  }

  /**
   * What one rate has shown.
   *
   * @param p99 milliseconds from the first packet to the state
   * @param cpu the server's CPU, percent of a core
   * @param caughtUp whether the last joins ended soon after the time was over
   */
  record Outcome(double p99, double cpu, boolean caughtUp) {
    boolean isSustained() {
      return caughtUp && p99 < LONGEST_MILLIS;
    }
  }

  void measure() {
    run.warmUp(ScenarioKind.CHURN);
    List<SimulatedUser> circle = run.circle(run.options().users(), run.options().friends());
    run.step(ScenarioKind.CHURN, "%,d users join".formatted(circle.size()));
    run.users().join(circle);
    run.awaitWholeCircle(circle);
    int best = 0;
    double millis = Double.NaN;
    for (int rate : run.options().rates()) {
      run.step(ScenarioKind.CHURN, "%,d comings and goings per second".formatted(rate));
      Outcome outcome = at(rate, run.options().step(), circle);
      run.figure("churn of %,d per second, join p99 ms".formatted(rate), outcome.p99());
      run.figure("churn of %,d per second, CPU %% of a core".formatted(rate), outcome.cpu());
      if (!outcome.isSustained()) {
        break;
      }
      best = rate;
      millis = 10 * outcome.cpu() / rate;
    }
    run.figure("comings and goings with a join p99 below 250 ms, per second", best);
    run.figure(
        "one coming and going with %d friends, CPU ms".formatted(run.options().friends()), millis);
    run.figure(
        "10 million users who come and go every half hour, cores",
        TEN_MILLION / HALF_AN_HOUR * millis / 1_000);
    if (best > 0) {
      run.sustained(best);
    }
    run.users().leave(circle);
  }

  /** Lets users of a circle that has joined come and go, and checks what all see in the end. */
  Outcome at(int rate, Duration length, List<SimulatedUser> circle) {
    Samples joins = new Samples();
    run.users().observeJoins(client -> joins.addNanos(client.nanosToConnect()));
    ChurnLoad load = new ChurnLoad(run.users(), circle, rate, length);
    ServerUsage.Cpu before = run.server().cpu();
    run.loop().eachTurn(load);
    run.loop().turnFor(length);
    double cpu = 100 * run.server().cpu().since(before).millis() / length.toMillis();
    boolean caughtUp = run.loop().turnUntil(END, () -> load.isOver() && run.users().areAllJoined());
    run.users().awaitJoins(load::isOver);
    run.loop().remove(load);
    run.users().observeJoins(client -> {});
    run.awaitWholeCircle(circle);
    return new Outcome(joins.percentile(99), cpu, caughtUp);
  }
}
