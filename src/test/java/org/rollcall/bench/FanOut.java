package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** One user, the hub, comes and goes while many watch, and each of them is told each time. */
final class FanOut {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int HUB = 0;
  private static final int[] NOBODY = {};

  /** A server is warm after so many diffs for each join of the warm-up, which has few watchers. */
  private static final int DIFFS_PER_JOIN = 20;

  /** More would take long where few watch. */
  private static final int MOST_WARM_ROUNDS = 20;

  private final GeneratorRun run;
  private int told;
  private long toldInAll;
  private boolean coming;

  FanOut(GeneratorRun run) {
    this.run = run;
  }

  /**
   * What some rounds have shown.
   *
   * @param perSecond diffs per second while the hub's change is being told
   * @param cpu milliseconds of the server's CPU per 1,000 diffs
   * @param net the same without the JIT's
   * @param last milliseconds until the last watcher was told
   * @param reply milliseconds from the hub's join to its state
   */
  record Outcome(Samples perSecond, Samples cpu, Samples net, Samples last, Samples reply) {
    Outcome() {
      this(new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
    }
  }

  void measure() {
    run.warmUp(ScenarioKind.FANOUT);
    for (int watchers : run.options().watchers()) {
      Outcome outcome = to(watchers, ScenarioKind.FANOUT);
      String name = "fan-out to %,d".formatted(watchers);
      run.figure(name + ", diffs per second", outcome.perSecond().median());
      run.figure(name + ", CPU ms per 1,000 diffs", outcome.cpu().median());
      run.figure(name + ", CPU ms per 1,000 diffs without the JIT", outcome.net().median());
      run.figure(name + ", last watcher, p50 ms", outcome.last().median());
      run.figure(name + ", last watcher, p99 ms", outcome.last().percentile(99));
      run.figure("reply beside a " + name + ", p50 ms", outcome.reply().median());
    }
    Outcome alone = to(1, ScenarioKind.FANOUT);
    run.figure("one diff of an idle server, p50 ms", alone.last().median());
    run.figure("one diff of an idle server, p99 ms", alone.last().percentile(99));
  }

  /** Measures all rounds with so many watchers. */
  Outcome to(int size, ScenarioKind kind) {
    run.step(kind, "%,d watchers join".formatted(size));
    List<SimulatedUser> watchers =
        IntStream.rangeClosed(1, size)
            .mapToObj(i -> new SimulatedUser(i, new int[] {HUB}, this::changed, run.users()))
            .toList();
    SimulatedUser hub = new SimulatedUser(HUB, NOBODY, (watcher, friend, on) -> {}, run.users());
    run.users().join(watchers);
    run.loop().turnFor(Duration.ofSeconds(1));
    Outcome outcome = new Outcome();
    run.step(kind, "tells %,d watchers, to warm up".formatted(size));
    long warm = (long) DIFFS_PER_JOIN * run.options().warmup();
    for (int i = 0; i == 0 || (i < MOST_WARM_ROUNDS && toldInAll < warm); i++) {
      round(watchers, hub, new Outcome());
    }
    for (int i = 1; i <= run.options().rounds(); i++) {
      run.step(
          kind, "tells %,d watchers, round %d of %d".formatted(size, i, run.options().rounds()));
      round(watchers, hub, outcome);
    }
    run.users().leave(watchers);
    return outcome;
  }

  private void changed(SimulatedUser watcher, int friend, boolean online) {
    if (friend == HUB) {
      if (online != coming) {
        throw new BenchFailure(
            watcher.topic()
                + " was told that the hub "
                + (online ? "comes" : "goes")
                + " too late");
      }
      told++;
    }
  }

  private void round(List<SimulatedUser> watchers, SimulatedUser hub, Outcome outcome) {
    long busy = 0;
    int diffs = 0;
    ServerUsage.Cpu before = run.server().cpu();
    for (int i = 0; i < run.options().toggles(); i++) {
      coming = true;
      run.users().connect(hub);
      if (!run.loop().turnUntil(LIMIT, hub::isJoining)) {
        throw new BenchFailure("The hub could not connect");
      }
      busy += told(watchers.size(), hub.joining(), outcome);
      if (!run.loop().turnUntil(LIMIT, hub::isJoined)) {
        throw new BenchFailure("The hub's join was not answered");
      }
      outcome.reply().addNanos(hub.nanosToJoin());
      run.loop().turnFor(PAUSE);
      coming = false;
      long going = System.nanoTime();
      hub.close();
      busy += told(watchers.size(), going, outcome);
      run.loop().turnFor(PAUSE);
      diffs += 2 * watchers.size();
    }
    outcome.perSecond().add(diffs / (busy / 1e9));
    ServerUsage.Cpu used = run.server().cpu().since(before);
    outcome.cpu().add(used.millis() * 1000 / diffs);
    outcome.net().add(used.millisWithoutCompilers() * 1000 / diffs);
    toldInAll += diffs;
  }

  /** Turns until all watchers were told, and returns how long that took. */
  private long told(int watchers, long since, Outcome outcome) {
    if (!run.loop().turnUntil(LIMIT, () -> told == watchers)) {
      throw new BenchFailure(
          "%,d of %,d watchers were told within %s that the hub %s"
              .formatted(told, watchers, LIMIT, coming ? "comes" : "goes"));
    }
    told = 0;
    long nanos = System.nanoTime() - since;
    outcome.last().addNanos(nanos);
    return nanos;
  }
}
