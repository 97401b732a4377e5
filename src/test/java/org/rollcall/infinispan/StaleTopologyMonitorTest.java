package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.topology.CacheTopology;
import org.infinispan.topology.LocalTopologyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** A node whose caches wait for nodes that have left. */
@Tag("long")
@Timeout(120)
class StaleTopologyMonitorTest {
  private final ClusterFixture clusterFixture =
      new ClusterFixture(Map.of("rollcall.grace", "PT0S"));

  @AfterEach
  void close() {
    clusterFixture.close();
  }

  private static EmbeddedCacheManager manager(LocalNode node) {
    return node.node().caches().manager();
  }

  private static LocalTopologyManager topologies(LocalNode node) {
    return GlobalComponentRegistry.of(manager(node)).getLocalTopologyManager();
  }

  private static void awaitAlone(LocalNode node) {
    Await.until(
        () ->
            assertThat(CacheConfigurations.ALL)
                .allSatisfy(
                    cache ->
                        assertThat(topologies(node).getCacheTopology(cache).getActualMembers())
                            .containsExactly(manager(node).getAddress())));
  }

  @Test
  void aNodeThatIsAloneForgetsThoseWhoHaveLeft() {
    LocalNode one = clusterFixture.start();
    LocalNode two = clusterFixture.start();
    Map<String, CacheTopology> together =
        CacheConfigurations.ALL.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), cache -> topologies(one).getCacheTopology(cache)));
    clusterFixture.crash(two);
    awaitAlone(one);
    together.forEach((cache, topology) -> believe(one, cache, topology));
    assertThat(topologies(one).getCacheTopology(CacheConfigurations.ENTRIES).getActualMembers())
        .hasSize(2);
    awaitAlone(one);
  }

  /** Has a node take an old topology for a new one, as it does after some merges. */
  private static void believe(LocalNode node, String cache, CacheTopology old) {
    CacheTopology known = topologies(node).getCacheTopology(cache);
    topologies(node)
        .handleTopologyUpdate(
            cache,
            new CacheTopology(
                known.getTopologyId() + 5,
                known.getRebalanceId() + 5,
                old.getCurrentCH(),
                null,
                CacheTopology.Phase.NO_REBALANCE,
                old.getActualMembers(),
                old.getMembersPersistentUUIDs()),
            AvailabilityMode.AVAILABLE,
            manager(node).getMembers().size(),
            manager(node).getAddress())
        .toCompletableFuture()
        .join();
  }
}
