package org.rollcall.cluster;

import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.rollcall.count.Count;
import org.rollcall.count.CountStore;
import org.rollcall.presence.Topic;

/**
 * Each node's share of each count in an Infinispan cache; on a node of its own there are no others.
 */
public final class CacheCountStore implements CountStore {
  private final Cache<Share, Count> cache;
  private final String node;

  /** What a share is filed under. */
  record Share(Topic topic, String node) {}

  CacheCountStore(Cache<Share, Count> cache, String node) {
    this.cache = cache;
    this.node = node;
  }

  @Override
  public void publish(Topic topic, Count share) {
    if (share.isZero()) {
      cache.remove(new Share(topic, node));
    } else {
      cache.put(new Share(topic, node), share);
    }
  }

  @Override
  public Count others(Topic topic) {
    return Count.ZERO;
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    cache.addListener(new Changes(changed, node));
  }

  /** Hands topics on, after the change; public because Infinispan calls it by reflection. */
  @Listener(observation = Listener.Observation.POST)
  public static final class Changes {
    private final Consumer<Topic> changed;
    private final String node;

    Changes(Consumer<Topic> changed, String node) {
      this.changed = changed;
      this.node = node;
    }

    /** Hands on the topic of another node's share. */
    @CacheEntryCreated
    @CacheEntryModified
    @CacheEntryRemoved
    public void on(CacheEntryEvent<Share, Count> event) {
      if (!event.getKey().node().equals(node)) {
        changed.accept(event.getKey().topic());
      }
    }
  }
}
