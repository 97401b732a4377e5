package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.rollcall.bench.GeneratorOutput.Figure;
import org.rollcall.bench.GeneratorOutput.Line;
import org.rollcall.bench.GeneratorOutput.Step;

/** What the scenarios of one generator share: one server or cluster, one loop, one thread. */
final class GeneratorRun {
  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final int SUSTAINED_WITHOUT_CHURN = 200;

  private final Subject subject;
  private final BenchOptions options;
  private final ServerUsage server;
  private final List<Target> nodes;
  private final GeneratorOutput output;
  private final EventLoop loop = new EventLoop();
  private final SimulatedUsers users;
  private int sustained = SUSTAINED_WITHOUT_CHURN;

  GeneratorRun(
      Subject subject,
      BenchOptions options,
      ServerUsage server,
      List<Target> nodes,
      GeneratorOutput output) {
    this.subject = subject;
    this.options = options;
    this.server = server;
    this.nodes = nodes;
    this.output = output;
    this.users = new SimulatedUsers(loop, nodes);
  }

  BenchOptions options() {
    return options;
  }

  ServerUsage server() {
    return server;
  }

  /** Returns where clients connect: one target for each node. */
  List<Target> nodes() {
    return nodes;
  }

  EventLoop loop() {
    return loop;
  }

  SimulatedUsers users() {
    return users;
  }

  /** Whether the server knows friends. */
  boolean isSocial() {
    return subject.isRollcall();
  }

  /** Returns the comings and goings per second that the server has sustained, as far as known. */
  int sustained() {
    return sustained;
  }

  void sustained(int perSecond) {
    sustained = perSecond;
  }

  void step(ScenarioKind kind, String sentence) {
    tell(new Step(kind, sentence));
  }

  void figure(String name, double value) {
    tell(new Figure(name, value));
  }

  void figure(String name, double value, double error) {
    tell(new Figure(name, value, error));
  }

  void tell(Line line) {
    output.tell(line);
  }

  /** Returns users who are friends of each other and do not yet connect. */
  List<SimulatedUser> circle(int size, int friends) {
    Friendships friendships = new Friendships(size, isSocial() ? friends : 0);
    return IntStream.range(0, size)
        .mapToObj(i -> new SimulatedUser(i, friendships.of(i), (watcher, friend, on) -> {}, users))
        .toList();
  }

  /** Waits until all of a circle see each other. */
  void awaitWholeCircle(List<SimulatedUser> circle) {
    if (isSocial()) {
      users.awaitViews(circle, GeneratorRun::seesAllFriends, SETTLING);
    }
  }

  private static boolean seesAllFriends(SimulatedUser user) {
    // One more, as users see themselves.
    return user.isJoined() && user.online().count() == user.friends().length + 1;
  }

  /** Lets users join and leave until the server counts as warm. */
  void warmUp(ScenarioKind kind) {
    warmUp(kind, circle(options.users(), options.friends()), options.warmup());
  }

  /** Lets a circle join and leave until the server has seen so many joins. */
  void warmUp(ScenarioKind kind, List<SimulatedUser> circle, int joins) {
    while (users.joins() < joins) {
      step(kind, "warms up, %,d of %,d joins".formatted(users.joins(), joins));
      users.join(circle);
      users.leave(circle);
    }
  }
}
