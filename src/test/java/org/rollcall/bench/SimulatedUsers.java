package org.rollcall.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Clients that join together, and leave together. */
final class SimulatedUsers implements TopicClient.Listener {
  /** How many connect at a time: as many as a balancer has under way to one node. */
  private static final int WINDOW = 64;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final EventLoop loop;
  private final Target target;
  private final Heartbeats heartbeats;
  private final Deque<TopicClient> waiting = new ArrayDeque<>();
  private int connecting;
  private long joins;

  SimulatedUsers(EventLoop loop, Target target) {
    this.loop = loop;
    this.target = target;
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
    if (!loop.turnUntil(LIMIT, () -> connecting == 0 && waiting.isEmpty())) {
      throw new BenchFailure(
          "Expected %,d clients to join within %s, but %,d have not"
              .formatted(clients.size(), LIMIT, connecting + waiting.size()));
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void fill() {
    while (connecting < WINDOW && !waiting.isEmpty()) {
      connecting++;
      waiting.remove().connect(loop, target);
    }
  }

  @Override
  public void joined(TopicClient client) {
    heartbeats.add(client);
    joins++;
    connecting--;
    fill();
  }

  /** Connects one client, whose listener is this, beside all others. */
  void connect(TopicClient client) {
    connecting++;
    client.connect(loop, target);
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
