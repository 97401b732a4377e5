package org.rollcall.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.rollcall.testing.Await;

/** All visitors of one test, also visitors who have left. */
final class VisitorGroup implements AutoCloseable {
  private static final Duration ARRIVAL = Duration.ofMinutes(2);

  private final RunningCluster cluster;
  private final List<Visitor> visitors = new ArrayList<>();
  private final AtomicInteger updates = new AtomicInteger();

  VisitorGroup(RunningCluster cluster) {
    this.cluster = cluster;
  }

  /** Connects visitors, one for each number from 0, and waits until all are connected. */
  List<Visitor> come(int many, IntFunction<Visitor> visitor) {
    List<Visitor> newcomers = IntStream.range(0, many).mapToObj(visitor).toList();
    visitors.addAll(newcomers);
    newcomers.forEach(Visitor::come);
    awaitReady(newcomers);
    return newcomers;
  }

  /** Waits until visitors are connected and show a state on each channel. */
  static void awaitReady(List<Visitor> some) {
    Await.until(
        some.size() + " visitors are there",
        ARRIVAL,
        () -> some.stream().allMatch(Visitor::isReady));
  }

  /** Waits until everything is right on every node and page. Returns how long that took. */
  Duration awaitTruth(Duration limit) {
    return awaitTruth(limit, cluster.living(), visitors);
  }

  /** Waits until all is right on some nodes that see only each other, and for their visitors. */
  Duration awaitTruth(Duration limit, List<ServerNode> side, List<Visitor> onIt) {
    ExpectedPresence expectedPresence =
        new ExpectedPresence(side, visitors, visitor -> visitor.isOpen() && onIt.contains(visitor));
    try {
      return Await.until(limit, expectedPresence::check);
    } catch (AssertionError e) {
      // What went wrong is seldom seen where it shows first.
      cluster.tellTroubles();
      throw e;
    }
  }

  /** Has users update their own channels, one after the other, until cancelled. */
  ScheduledFuture<?> updating(List<Visitor> busy, long everyMillis) {
    return HeartbeatTimer.every(
        everyMillis,
        () -> {
          int n = updates.getAndIncrement();
          Visitor visitor = busy.get(n % busy.size());
          visitor.update("user:" + visitor.id(), "{\"n\":" + n + "}");
        });
  }

  /** Returns ids with a prefix, numbered from 0. */
  static List<String> ids(String prefix, int many) {
    return IntStream.range(0, many).mapToObj(i -> prefix + i).toList();
  }

  @Override
  public void close() {
    visitors.forEach(Visitor::close);
  }
}
