package org.rollcall.cluster;

import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.rollcall.config.Settings;
import org.rollcall.count.Count;
import org.rollcall.presence.Entry;

/**
 * This node's Infinispan: one cache manager, one cache for entries and one for shares of counts.
 *
 * <p>Storage is plain Java objects, so a read copies nothing.
 */
public final class CacheNode implements AutoCloseable {
  private static final String ENTRIES = "rollcall-presence";
  private static final String SHARES = "rollcall-counts";

  private final EmbeddedCacheManager manager;
  private final String name;

  private CacheNode(EmbeddedCacheManager manager, String name) {
    this.manager = manager;
    this.name = name;
  }

  /** Starts a node on its own, without a network. */
  public static CacheNode start(Settings.Node node) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
    global.classLoader(CacheNode.class.getClassLoader());
    // Two deployments in one JVM must not meet in its MBean server.
    global.jmx().disable();
    DefaultCacheManager manager = new DefaultCacheManager(global.build(), true);
    ConfigurationBuilder local = new ConfigurationBuilder();
    local.clustering().cacheMode(CacheMode.LOCAL);
    local.encoding().mediaType("application/x-java-object");
    manager.defineConfiguration(ENTRIES, local.build());
    manager.defineConfiguration(SHARES, local.build());
    return new CacheNode(manager, node.name());
  }

  /** Returns the memory of entries. */
  public CachePresenceStore entries() {
    return new CachePresenceStore(manager.<Entry.Id, Entry>getCache(ENTRIES));
  }

  /** Returns the memory of counts. */
  public CacheCountStore shares() {
    return new CacheCountStore(manager.<CacheCountStore.Share, Count>getCache(SHARES), name);
  }

  /** Stops both caches and all threads. */
  @Override
  public void close() {
    manager.stop();
  }
}
