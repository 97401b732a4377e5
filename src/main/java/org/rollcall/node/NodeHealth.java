package org.rollcall.node;

import org.rollcall.concurrent.WorkQueue;
import org.rollcall.health.Health;
import org.rollcall.health.Pulse;
import org.rollcall.health.Quorum;
import org.rollcall.infinispan.InfinispanNode;

/** Puts together what a node says of its health. */
final class NodeHealth {
  private NodeHealth() {}

  static Health.Node of(NodeLifecycle lifecycle, InfinispanNode cache, NodeThreads threads) {
    Pulse pulse = new Pulse(threads.executors().nanos());
    threads.everySecond(pulse::beat);
    Quorum quorum = new Quorum(cache.members(), threads.executors().nanos());
    // The cluster's own threads must not look into caches.
    WorkQueue<Boolean> views =
        new WorkQueue<>(threads.executors().workers(), changes -> quorum.look());
    cache.members().listen(() -> views.mark(true));
    return new Health.Node(lifecycle::stage, cache::isConnected, quorum, pulse);
  }
}
