package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.infinispan.manager.EmbeddedCacheManager;
import org.rollcall.testing.LocalNode;

/** The entries that a node still has of nodes outside its view, in any of its caches. */
final class StaleEntries {
  /**
   * The caches of which only the keys are searched: values outlive nodes by design, or name no
   * node.
   */
  private static final Set<String> BY_KEY =
      Set.of(CacheConfigurations.NODES, CacheConfigurations.COUNTS);

  private StaleEntries() {}

  /** Returns the entries in words; none once those nodes have been down for the grace. */
  static List<String> of(LocalNode node, ClusterFixture clusterFixture) {
    List<String> stale = inCaches(node, clusterFixture.outside(node));
    node.node()
        .caches()
        .members()
        .table()
        .down()
        .forEach(id -> stale.add("still counted: " + clusterFixture.names().getOrDefault(id, id)));
    return stale;
  }

  /** Returns what a node's caches have of others, given the names of these by their ids. */
  static List<String> inCaches(LocalNode node, Map<String, String> others) {
    List<String> stale = new ArrayList<>();
    EmbeddedCacheManager manager = node.node().caches().manager();
    for (String name : manager.getCacheNames()) {
      Cache<Object, Object> cache = manager.getCache(name);
      cache
          .getAdvancedCache()
          .withFlags(Flag.CACHE_MODE_LOCAL)
          .entrySet()
          .forEach(
              stored -> {
                String key = stored.getKey().toString();
                String text = BY_KEY.contains(name) ? key : key + stored.getValue();
                others.forEach(
                    (id, owner) -> {
                      // Until when a node counted is known for longer.
                      if (!GraceDeadlines.isOne(key) && text.contains(id)) {
                        stale.add("in " + name + " of " + owner + ": " + stored);
                      }
                    });
              });
    }
    return stale;
  }
}
