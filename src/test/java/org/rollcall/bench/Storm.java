package org.rollcall.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** The network of all users fails for a moment, and all come back at once, beside calm users. */
final class Storm {
  private static final int CALM = 50;
  private static final int[] NOBODY = {};

  /** How many connect in one turn of the generator, which also has heartbeats to read. */
  private static final int BURST = 100;

  private static final long PAUSE = Duration.ofMillis(20).toNanos();

  private final GeneratorRun run;
  private final Samples answers = new Samples();
  private final Deque<TopicClient> away = new ArrayDeque<>();
  private long next;
  private long lastTurn;
  private long longestTurn;
  private int turn;
  private int again;

  Storm(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.STORM);
    // The server may learn of the old connections later than of the new ones.
    int size = Math.min(run.options().clients(), Descriptors.connections() / 2) / 2 * 2;
    List<SimulatedUser> circle = run.circle(size, run.options().friends());
    List<SimulatedUser> calm =
        IntStream.range(size, size + CALM)
            .mapToObj(i -> new SimulatedUser(i, NOBODY, (w, friend, on) -> {}, run.users()))
            .toList();
    run.step(ScenarioKind.STORM, "%,d users join".formatted(size));
    run.users().join(circle);
    run.users().join(calm);
    run.awaitWholeCircle(circle);
    run.step(ScenarioKind.STORM, "%,d users come back at once".formatted(size));
    Runnable heartbeats = () -> askOne(calm);
    Runnable returns = this::comeBack;
    run.users().observeAnswers(answers::addNanos);
    run.users().observeLosses(this::isAgain);
    run.loop().eachTurn(heartbeats);
    long begin = System.nanoTime();
    lastTurn = begin;
    circle.forEach(TopicClient::cut);
    away.addAll(circle);
    run.loop().eachTurn(returns);
    run.users().awaitJoins(away::isEmpty);
    double seconds = (System.nanoTime() - begin) / 1e9;
    run.loop().remove(returns);
    run.awaitWholeCircle(circle);
    run.loop().remove(heartbeats);
    run.users().observeAnswers(nanos -> {});
    run.users().observeLosses(client -> false);
    String name = "storm of %,d".formatted(size);
    run.figure(name + ", all are back after, s", seconds);
    run.figure(name + ", connections that were tried again", again);
    run.figure(name + ", heartbeat p99 ms", answers.percentile(99));
    run.figure(name + ", heartbeat at most, ms", answers.percentile(100));
    run.figure(name + ", longest turn of the generator, ms", longestTurn / 1e6);
    run.users().leave(circle);
    run.users().leave(calm);
  }

  /** A connection that a server lost in the storm is tried again, as phoenix.js does. */
  private boolean isAgain(TopicClient client) {
    again++;
    return away.add(client);
  }

  private void comeBack() {
    for (int i = 0; i < BURST && !away.isEmpty(); i++) {
      run.users().connect(away.remove());
    }
  }

  /**
   * Sends the heartbeat of one calm user after the other, fifty a second. An answer is read in a
   * later turn: a long one of the generator is no fault of the server.
   */
  private void askOne(List<SimulatedUser> calm) {
    long now = System.nanoTime();
    longestTurn = Math.max(longestTurn, now - lastTurn);
    lastTurn = now;
    if (now >= next) {
      next = now + PAUSE;
      calm.get(turn++ % calm.size()).sendHeartbeat();
    }
  }
}
