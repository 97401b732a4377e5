package org.rollcall.bench;

import java.time.Duration;
import java.util.List;

/** Users connect and join as fast as the server lets them: after its start, and when it is warm. */
final class Joins {
  private final GeneratorRun run;
  private final Samples perSecond = new Samples();
  private final Samples cpu = new Samples();
  private final Samples net = new Samples();

  Joins(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    int friends = run.isSocial() ? run.options().friends() : 0;
    List<SimulatedUser> circle = run.circle(run.options().users(), run.options().friends());
    String kind = "joins with %d friends".formatted(run.options().friends());
    if (run.users().joins() == 0) {
      run.step(ScenarioKind.JOINS, "%,d users join a server just started".formatted(circle.size()));
      Joins cold = new Joins(run);
      cold.round(circle);
      cold.report("the first %,d %s after a start".formatted(circle.size(), kind));
    }
    run.warmUp(ScenarioKind.JOINS);
    for (int i = 1; i <= run.options().rounds(); i++) {
      run.step(
          ScenarioKind.JOINS,
          "%,d users with %d friends join, round %d of %d"
              .formatted(circle.size(), friends, i, run.options().rounds()));
      round(circle);
    }
    report("warm " + kind);
  }

  /** Lets a circle join, checks what everyone sees, and lets it leave. */
  void round(List<SimulatedUser> circle) {
    ServerUsage.Cpu before = run.server().cpu();
    Duration time = run.users().join(circle);
    run.awaitWholeCircle(circle);
    ServerUsage.Cpu used = run.server().cpu().since(before);
    perSecond.add(circle.size() / (time.toNanos() / 1e9));
    cpu.add(used.millis() / circle.size());
    net.add(used.millisWithoutCompilers() / circle.size());
    run.users().leave(circle);
  }

  private void report(String what) {
    run.figure(what + ", per second", perSecond.median());
    run.figure(what + ", CPU ms each", cpu.median());
    run.figure(what + ", CPU ms each without the JIT", net.median());
  }

  /** Returns the CPU time of one join without the JIT's, in milliseconds. */
  double netMillis() {
    return net.median();
  }
}
