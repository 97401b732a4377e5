package org.rollcall.cluster;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountStore;
import org.rollcall.presence.Members;
import org.rollcall.presence.Topic;

/**
 * Each node's share of each count in an Infinispan cache.
 *
 * <p>What this node published last is the truth of its shares; {@link #audit} holds the cache
 * against it. Each share is written inside {@link ConcurrentMap#compute} of its topic, so that the
 * two never race.
 */
public final class CacheCountStore implements CountStore {
  private final Cache<Share, Count> cache;
  private final Members members;
  private final ConcurrentMap<Topic, Count> published = new ConcurrentHashMap<>();

  /** What a share is filed under. */
  record Share(Topic topic, String node) {}

  CacheCountStore(Cache<Share, Count> cache, Members members) {
    this.cache = cache;
    this.members = members;
  }

  @Override
  public void publish(Topic topic, Count share) {
    published.compute(topic, (any, before) -> written(topic, share.isZero() ? null : share));
  }

  private @Nullable Count written(Topic topic, @Nullable Count share) {
    Share key = new Share(topic, members.self());
    if (share == null) {
      cache.remove(key);
    } else {
      cache.put(key, share);
    }
    return share;
  }

  @Override
  public Count others(Topic topic) {
    Count sum = Count.ZERO;
    for (String node : members.up()) {
      if (!node.equals(members.self())) {
        @Nullable Count share = cache.get(new Share(topic, node));
        sum = share == null ? sum : sum.plus(share);
      }
    }
    return sum;
  }

  /**
   * Publishes again what a merge lost, and removes what nobody stands for any more. Called by a
   * worker, one at a time.
   */
  void audit() {
    for (Share share : List.copyOf(cache.keySet())) {
      if (share.node().equals(members.self())) {
        repair(share.topic());
      } else if (members.isSenior() && !members.isUp(share.node())) {
        cache.remove(share);
      }
    }
    List.copyOf(published.keySet()).forEach(this::repair);
  }

  private void repair(Topic topic) {
    Share key = new Share(topic, members.self());
    published.compute(
        topic,
        (any, share) -> {
          @Nullable Count stored = cache.get(key);
          boolean right = share == null ? stored == null : share.equals(stored);
          return right ? share : written(topic, share);
        });
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    cache.addListener(new Changes(changed, members.self()));
  }

  /** Hands topics on, after the change; public because Infinispan calls it by reflection. */
  @Listener(observation = Listener.Observation.POST)
  public static final class Changes {
    private final Consumer<Topic> changed;
    private final String self;

    Changes(Consumer<Topic> changed, String self) {
      this.changed = changed;
      this.self = self;
    }

    /** Hands on the topic of another node's share. */
    @CacheEntryCreated
    @CacheEntryModified
    @CacheEntryRemoved
    public void on(CacheEntryEvent<Share, Count> event) {
      if (!event.getKey().node().equals(self)) {
        changed.accept(event.getKey().topic());
      }
    }
  }
}
