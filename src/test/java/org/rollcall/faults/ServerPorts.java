package org.rollcall.faults;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.rollcall.testing.Site;

/**
 * Where visitors connect: to each node in turn, as a load balancer leads them.
 *
 * <p>A node that refuses a connection is left out until it is said to be back.
 */
final class ServerPorts {
  private final List<Site> sites;
  private final Set<Site> out = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();

  private ServerPorts(List<Site> sites) {
    this.sites = sites;
  }

  /** Returns the ports of several nodes. */
  static ServerPorts of(List<ServerNode> nodes) {
    return new ServerPorts(nodes.stream().map(ServerNode::site).toList());
  }

  /** Returns the port of one node, which is tried for ever. */
  static ServerPorts of(ServerNode serverNode) {
    return new ServerPorts(List.of(serverNode.site()));
  }

  /** Returns where to connect now. */
  Site next() {
    for (int i = 0; i < sites.size(); i++) {
      Site site = sites.get(Math.floorMod(turn.getAndIncrement(), sites.size()));
      if (!out.contains(site)) {
        return site;
      }
    }
    return sites.get(0);
  }

  void refused(Site site) {
    out.add(site);
  }

  /** Leads to a node again. */
  void back(ServerNode serverNode) {
    out.remove(serverNode.site());
  }
}
