package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Topic;
import org.rollcall.testing.LocalNode;

/**
 * A random walk of a cluster, beside which runs the truth: who is connected to which node.
 *
 * <p>After each phase all is quiet, and every node's state, every watcher's folded diffs, the store
 * and the counts must be that truth, whatever crashed or was cut apart meanwhile. If the cluster is
 * in parts then, each part must know the truth of itself first. A node that hangs does nothing, and
 * nothing is asked of it, until it is back.
 */
final class ClusterWalk implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.grace", "PT0.2S",
          "rollcall.grace.away", "PT0.1S",
          "rollcall.counts.interval", "PT0.02S");
  private static final List<LeaveReason> REASONS =
      List.of(LeaveReason.LEFT, LeaveReason.AWAY, LeaveReason.LOST);
  private static final int KEYS = 5;

  private final Random random;
  private final ClusterFixture clusterFixture = new ClusterFixture(SETTINGS);
  private final List<ExpectedCluster.Connection> connections = new ArrayList<>();
  private final ExpectedCluster truth = new ExpectedCluster(clusterFixture, connections);
  private @Nullable LocalNode hung;
  private boolean split;

  ClusterWalk(long seed, int size) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      start();
    }
  }

  private void start() {
    truth.watch(clusterFixture.start());
  }

  /** Returns the nodes that do not hang. */
  private List<LocalNode> acting() {
    return clusterFixture.running().stream().filter(node -> node != hung).toList();
  }

  private LocalNode anyNode() {
    List<LocalNode> acting = acting();
    return acting.get(random.nextInt(acting.size()));
  }

  private Optional<ExpectedCluster.Connection> any() {
    List<ExpectedCluster.Connection> able =
        connections.stream().filter(connection -> connection.node != hung).toList();
    return able.isEmpty() ? Optional.empty() : Optional.of(able.get(random.nextInt(able.size())));
  }

  /** Takes some steps, lets all come to rest, and compares. */
  void phase(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    if (split) {
      acting().stream().map(clusterFixture::side).distinct().forEach(truth::compare);
      merge();
    }
    truth.compare(clusterFixture.running());
  }

  private void step() {
    int kind = random.nextInt(1000);
    Optional<ExpectedCluster.Connection> any = any();
    if (kind < 400 || any.isEmpty()) {
      connect(ExpectedCluster.topic(random.nextInt(ExpectedCluster.TOPICS)));
    } else if (kind < 550) {
      any.get().update("\"n\":" + random.nextInt(9));
    } else if (kind < 750) {
      end(any.get(), REASONS.get(random.nextInt(REASONS.size())));
    } else if (kind < 985) {
      ExpectedCluster.Connection lost = any.get();
      end(lost, LeaveReason.LOST);
      connections.add(new ExpectedCluster.Connection(anyNode(), lost.topic, lost.key, lost.given));
    } else {
      fault();
    }
  }

  private void connect(Topic topic) {
    String key = "k" + random.nextInt(KEYS);
    String given = "\"n\":" + random.nextInt(2);
    connections.add(new ExpectedCluster.Connection(anyNode(), topic, key, given));
  }

  private void end(ExpectedCluster.Connection connection, LeaveReason leaveReason) {
    connections.remove(connection);
    connection.end(leaveReason);
  }

  /** Does something to the nodes, if it can be done now. */
  private void fault() {
    switch (random.nextInt(8)) {
      case 0 -> goes(clusterFixture::crash);
      case 1 -> goes(clusterFixture::stop);
      case 2, 3 -> split();
      case 4 -> merge();
      case 5, 6 -> {
        if (clusterFixture.running().size() < 3 && !split) {
          start();
        }
      }
      default -> hang();
    }
  }

  /** One node goes for good; not the last that acts. */
  private void goes(Consumer<LocalNode> how) {
    if (acting().size() > 1) {
      LocalNode node = anyNode();
      forget(node);
      how.accept(node);
    }
  }

  private void split() {
    int size = clusterFixture.running().size();
    if (size > 1 && !split) {
      int cut = 1 + random.nextInt(size - 1);
      List<LocalNode> all = List.copyOf(clusterFixture.running());
      split = true;
      clusterFixture.split(List.of(all.subList(0, cut), all.subList(cut, size)));
    }
  }

  private void hang() {
    if (clusterFixture.running().size() > 1 && !split) {
      LocalNode node = anyNode();
      split = true;
      hung = node;
      clusterFixture.hang(node);
      clusterFixture.miss(node);
    }
  }

  private void merge() {
    if (split) {
      split = false;
      hung = null;
      clusterFixture.merge();
    }
  }

  private void forget(LocalNode node) {
    connections.removeIf(connection -> connection.node == node);
    truth.forget(node);
  }

  @Override
  public void close() {
    clusterFixture.close();
  }
}
