package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.rollcall.presence.Departure;
import org.rollcall.testing.LocalNode;

/**
 * A random walk of a cluster, beside which runs the truth: who is connected to which node.
 *
 * <p>After each phase all is quiet, and every node's state, every watcher's folded diffs, the store
 * and the counts must be that truth, whatever crashed or was cut apart meanwhile.
 */
final class ClusterWalk implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.grace", "PT0.2S",
          "rollcall.grace.away", "PT0.1S",
          "rollcall.counts.interval", "PT0.02S");
  private static final List<Departure> DEPARTURES =
      List.of(Departure.LEFT, Departure.AWAY, Departure.LOST);
  private static final int KEYS = 5;

  private final Random random;
  private final Nodes nodes = new Nodes(SETTINGS);
  private final List<ClusterTruth.Connection> connections = new ArrayList<>();
  private final ClusterTruth truth = new ClusterTruth(nodes, connections);
  private boolean split;

  ClusterWalk(long seed, int size) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      start();
    }
  }

  private void start() {
    truth.watch(nodes.start());
  }

  private LocalNode anyNode() {
    return nodes.running().get(random.nextInt(nodes.running().size()));
  }

  /** Takes some steps, lets all come to rest, and compares. */
  void phase(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    if (split) {
      split = false;
      nodes.merge();
    }
    truth.compare();
  }

  private void step() {
    int kind = random.nextInt(1000);
    if (kind < 400 || connections.isEmpty()) {
      connections.add(
          new ClusterTruth.Connection(
              anyNode(),
              ClusterTruth.topic(random.nextInt(ClusterTruth.TOPICS)),
              "k" + random.nextInt(KEYS),
              "\"n\":" + random.nextInt(2)));
    } else if (kind < 550) {
      connections.get(random.nextInt(connections.size())).update("\"n\":" + random.nextInt(9));
    } else if (kind < 750) {
      anyOut().end(DEPARTURES.get(random.nextInt(DEPARTURES.size())));
    } else if (kind < 985) {
      ClusterTruth.Connection lost = anyOut();
      lost.end(Departure.LOST);
      connections.add(new ClusterTruth.Connection(anyNode(), lost.topic, lost.key, lost.given));
    } else {
      fault(random.nextInt(4));
    }
  }

  private ClusterTruth.Connection anyOut() {
    return connections.remove(random.nextInt(connections.size()));
  }

  private void fault(int kind) {
    int size = nodes.running().size();
    if (kind == 0 && size > 1 && !split) {
      LocalNode node = anyNode();
      forget(node);
      nodes.crash(node);
    } else if (kind == 1 && size > 1 && !split) {
      int cut = 1 + random.nextInt(size - 1);
      List<LocalNode> all = List.copyOf(nodes.running());
      nodes.split(List.of(all.subList(0, cut), all.subList(cut, size)));
      split = true;
    } else if (kind == 2 && split) {
      split = false;
      nodes.merge();
    } else if (kind == 3 && size < 3 && !split) {
      start();
    }
  }

  private void forget(LocalNode node) {
    connections.removeIf(connection -> connection.node == node);
    truth.forget(node);
  }

  @Override
  public void close() {
    nodes.close();
  }
}
