package org.rollcall.start;

import org.rollcall.cluster.CacheNode;
import org.rollcall.health.Health;
import org.rollcall.health.Pulse;
import org.rollcall.health.Quorum;
import org.rollcall.presence.Lane;

/** Puts together what a node says of its health. */
final class NodeHealth {
  private NodeHealth() {}

  static Health.Node of(Service service, CacheNode cache, NodeThreads threads) {
    Pulse pulse = new Pulse(threads.threads().nanos());
    threads.everySecond(pulse::beat);
    Quorum quorum = new Quorum(cache.members(), threads.threads().nanos());
    // The cluster's own threads must not look into caches.
    Lane<Boolean> views = new Lane<>(threads.threads().workers(), changes -> quorum.look());
    cache.members().listen(() -> views.mark(true));
    return new Health.Node(service::stage, cache::isConnected, quorum, pulse);
  }
}
