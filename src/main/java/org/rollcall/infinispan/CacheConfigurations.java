package org.rollcall.infinispan;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.PartitionHandling;

/**
 * The names of a node's caches, and their configuration.
 *
 * <p>Infinispan takes the segment of an entry from the hash of its key, and a node looks for a key
 * in that segment only. So a key has a hash that is the same in every JVM: it is a text, or has a
 * {@code hashCode} of its own that is made of texts. The hash of an enum or an array is the
 * object's identity, and how a record makes its hash is not specified.
 */
final class CacheConfigurations {
  /** The names of nodes. */
  static final String NODES = "rollcall-nodes";

  /** The entries of presence. */
  static final String ENTRIES = "rollcall-presence";

  /** Each node's counts. */
  static final String COUNTS = "rollcall-counts";

  /** The numbers that are shown of rounded counts. */
  static final String SHOWN = "rollcall-shown";

  /** The rules that hide users. */
  static final String RULES = "rollcall-rules";

  /** The log-ins that have ended. */
  static final String LOGOUTS = "rollcall-logouts";

  /** All caches, with the one that Infinispan keeps for itself. */
  static final List<String> ALL =
      List.of("org.infinispan.CONFIG", NODES, ENTRIES, COUNTS, SHOWN, RULES, LOGOUTS);

  private static final int SEGMENTS = 32;

  private CacheConfigurations() {}

  /** Starts a cache manager without caches. */
  static EmbeddedCacheManager manager(GlobalConfigurationBuilder global) {
    global.classLoader(CacheConfigurations.class.getClassLoader());
    // Two deployments in one JVM must not meet in its MBean server.
    global.jmx().disable();
    // Where Micrometer is there, as it is for our own meters, Infinispan would add hundreds of its
    // own.
    global.metrics().gauges(false).histograms(false);
    return new DefaultCacheManager(global.build(), true);
  }

  /** Defines the caches. */
  static void define(EmbeddedCacheManager manager, CacheMode mode) {
    manager.defineConfiguration(NODES, cache(mode).build());
    manager.defineConfiguration(ENTRIES, cache(mode).build());
    manager.defineConfiguration(COUNTS, cache(mode).build());
    manager.defineConfiguration(SHOWN, cache(mode).build());
    manager.defineConfiguration(RULES, cache(mode).build());
    manager.defineConfiguration(LOGOUTS, cache(mode).build());
  }

  /**
   * Returns the cache for removals, which then reach every replica.
   *
   * <p>In Infinispan 16.1 the primary owner of a key sends a removal to the other nodes only if it
   * had an entry to remove. A removal that is repeated, because a node joined or left meanwhile,
   * may find no entry there, and the other replicas keep theirs for good. With this flag the
   * removal is always sent: a cache store, which was not looked into, could have the entry.
   */
  static <K, V> Cache<K, V> removing(Cache<K, V> cache) {
    return cache.getAdvancedCache().withFlags(Flag.SKIP_CACHE_LOAD);
  }

  private static ConfigurationBuilder cache(CacheMode mode) {
    ConfigurationBuilder cache = new ConfigurationBuilder();
    // A merge compares replicas segment by segment, with a request for each.
    cache.clustering().cacheMode(mode).hash().numSegments(SEGMENTS);
    cache.encoding().mediaType("application/x-java-object");
    if (mode.isClustered()) {
      cache
          .clustering()
          .remoteTimeout(3, TimeUnit.SECONDS)
          .partitionHandling()
          .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
          // An entry that only one side has survives the merge; its owner removes it if need be.
          .mergePolicy(MergePolicy.PREFERRED_NON_NULL);
    }
    return cache;
  }
}
