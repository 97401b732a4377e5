package org.rollcall.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Clients that join together, and leave together. */
final class SimulatedUsers implements TopicClient.Listener {
  /** How many connect at a time: as many as a balancer has under way to one node. */
  private static final int WINDOW = 64;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final EventLoop loop;
  private final List<Target> nodes;
  private final Heartbeats heartbeats;
  private final Deque<TopicClient> waiting = new ArrayDeque<>();
  private Consumer<TopicClient> joinObserver = client -> {};
  private LongConsumer answerObserver = nanos -> {};
  private Predicate<TopicClient> lossObserver = client -> false;
  private int connecting;
  private long joins;

  /**
   * Creates the listener of clients that do not yet connect.
   *
   * @param nodes where clients connect, each to the node that its number has
   */
  SimulatedUsers(EventLoop loop, List<Target> nodes) {
    this.loop = loop;
    this.nodes = nodes;
    this.heartbeats = new Heartbeats();
    loop.eachTurn(heartbeats);
  }

  /** Returns how many joins the server has seen since the generator started. */
  long joins() {
    return joins;
  }

  /** Connects clients as fast as the server lets them, and returns how long that took. */
  Duration join(List<? extends TopicClient> clients) {
    long begin = System.nanoTime();
    waiting.addAll(clients);
    fill();
    awaitJoins(() -> true);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Turns until a condition holds and all have joined who have begun to, or ends the run. */
  void awaitJoins(BooleanSupplier condition) {
    if (!loop.turnUntil(LIMIT, () -> condition.getAsBoolean() && areAllJoined())) {
      throw new BenchFailure(
          "Expected all clients to join within %s, but %,d have not"
              .formatted(LIMIT, connecting + waiting.size()));
    }
  }

  /** Whether nobody is about to join. */
  boolean areAllJoined() {
    return connecting == 0 && waiting.isEmpty();
  }

  /** Sets who is told of each join from now on. */
  void observeJoins(Consumer<TopicClient> observer) {
    joinObserver = observer;
  }

  /** Sets who is told how long each heartbeat's answer took. */
  void observeAnswers(LongConsumer observer) {
    answerObserver = observer;
  }

  /** Sets who may forgive the loss of a connection, which ends the run otherwise. */
  void observeLosses(Predicate<TopicClient> observer) {
    lossObserver = observer;
  }

  @Override
  public void answered(TopicClient client, long nanos) {
    answerObserver.accept(nanos);
  }

  @Override
  public void lost(TopicClient client, String reason) {
    if (client.isWaiting()) {
      connecting--;
    }
    if (!lossObserver.test(client)) {
      TopicClient.Listener.super.lost(client, reason);
    }
  }

  private void fill() {
    while (connecting < WINDOW && !waiting.isEmpty()) {
      connect(waiting.remove());
    }
  }

  @Override
  public void joined(TopicClient client) {
    heartbeats.add(client);
    joins++;
    connecting--;
    joinObserver.accept(client);
    fill();
  }

  /** Connects one client, whose listener is this, beside all others. */
  void connect(TopicClient client) {
    connecting++;
    client.connect(loop, nodes.get(client.number() % nodes.size()));
  }

  /** Closes clients, and turns until the server has had time to see it. */
  void leave(List<? extends TopicClient> clients) {
    // In pieces: the server closes faster than a burst of closes lets it believe.
    for (int from = 0; from < clients.size(); from += WINDOW) {
      clients.subList(from, Math.min(clients.size(), from + WINDOW)).forEach(TopicClient::close);
      loop.turnFor(Duration.ofMillis(5));
    }
    loop.turnFor(Duration.ofSeconds(2));
  }

  /** Turns until each user has the right view, or ends the run with the first that has not. */
  void awaitViews(List<SimulatedUser> users, Predicate<SimulatedUser> right, Duration limit) {
    if (!loop.turnUntil(limit, () -> users.stream().allMatch(right))) {
      SimulatedUser wrong = users.stream().filter(right.negate()).findFirst().orElseThrow();
      long all = users.stream().filter(right.negate()).count();
      throw new BenchFailure(
          "%,d of %,d users have a wrong view; %s shows %d users online"
              .formatted(all, users.size(), wrong.topic(), wrong.online().count()));
    }
  }
}
