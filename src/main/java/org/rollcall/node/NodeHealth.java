package org.rollcall.node;

import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.health.Health;
import org.rollcall.health.Pulse;
import org.rollcall.health.Quorum;
import org.rollcall.infinispan.InfinispanNode;

/** Builds the health of a node, and has it follow the view. */
final class NodeHealth implements ClusterAuditor.Step {
  private final Health.Node said;
  private final WorkQueue<Boolean> views;

  NodeHealth(NodeLifecycle lifecycle, InfinispanNode cache, NodeThreads threads) {
    Pulse pulse = new Pulse(threads.executors().nanos());
    threads.everySecond(pulse::beat);
    Quorum quorum = new Quorum(cache.members(), threads.executors().nanos());
    // The cluster's own threads must not look into caches.
    this.views = new WorkQueue<>(threads.executors().workers().all(), changes -> quorum.look());
    this.said = new Health.Node(lifecycle::stage, cache::isConnected, quorum, pulse);
  }

  @Override
  public void viewChanged() {
    views.mark(true);
  }

  Health.Node said() {
    return said;
  }
}
