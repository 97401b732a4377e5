package org.rollcall.bench;

import java.time.Duration;
import java.util.List;

/** Users who are connected and do nothing but send heartbeats. */
final class Idle {
  /** More than the grace, after which nothing is left of the users who were there before. */
  static final Duration SETTLED = Duration.ofSeconds(40);

  private final GeneratorRun run;

  Idle(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.IDLE);
    List<SimulatedUser> circle = run.circle(run.options().users(), run.options().friends());
    run.step(ScenarioKind.IDLE, "measures the heap without users, once the last have left");
    run.loop().turnFor(SETTLED);
    double empty = run.server().liveKb();
    run.step(ScenarioKind.IDLE, "%,d users join and stay".formatted(circle.size()));
    run.users().join(circle);
    run.awaitWholeCircle(circle);
    double full = run.server().liveKb();
    run.figure(
        "heap per user with %d friends, live objects, KB".formatted(run.options().friends()),
        (full - empty) / circle.size());
    run.figure(
        "resident memory of the server with %,d users, MB".formatted(circle.size()),
        run.server().residentKb() / 1024);
    Duration hold = run.options().hold();
    run.step(ScenarioKind.IDLE, "%,d users are idle for %s".formatted(circle.size(), hold));
    ServerUsage.Cpu before = run.server().cpu();
    run.loop().turnFor(hold);
    ServerUsage.Cpu used = run.server().cpu().since(before);
    run.figure(
        "idle CPU with %,d users, %% of a core".formatted(circle.size()),
        100 * used.millis() / hold.toMillis());
    run.figure(
        "idle CPU with %,d users, %% of a core without the JIT".formatted(circle.size()),
        100 * used.millisWithoutCompilers() / hold.toMillis());
    run.awaitWholeCircle(circle);
    run.users().leave(circle);
  }
}
