package org.rollcall.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
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
 * against it. Writes do not wait, so two of one topic may overtake each other: the last one is
 * written again by the next audit.
 */
public final class CacheCountStore implements CountStore {
  private final Cache<Share, Count> cache;
  private final Cache<Share, Count> here;
  private final Members members;
  private final ConcurrentMap<Topic, Count> published = new ConcurrentHashMap<>();
  private final Set<Topic> doubtful = ConcurrentHashMap.newKeySet();

  /** What a share is filed under. */
  record Share(Topic topic, String node) {}

  CacheCountStore(Cache<Share, Count> cache, Members members) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.members = members;
  }

  @Override
  public void publish(Topic topic, Count share) {
    // With the write in one step, or an audit could write the share before this one after it.
    synchronized (this) {
      if (share.isZero()) {
        published.remove(topic);
      } else {
        published.put(topic, share);
      }
      write(topic);
    }
    // After the write, so that an audit between the two cannot take it off the list too early.
    doubtful.add(topic);
  }

  synchronized void write(Topic topic) {
    Share key = new Share(topic, members.self());
    @Nullable Count share = published.get(topic);
    CompletableFuture<Count> writing =
        share == null ? cache.removeAsync(key) : cache.putAsync(key, share);
    CompletableFuture<Count> unused =
        writing.whenComplete(
            (before, failure) -> {
              if (failure != null) {
                doubtful.add(topic);
              }
            });
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
   * Writes again what may not have been written, or not in order, and forgets nodes that are gone.
   * Called by a worker, one at a time.
   */
  void audit() {
    Set<Topic> again = new HashSet<>(doubtful);
    doubtful.removeAll(again);
    for (Map.Entry<Share, Count> stored : here.entrySet()) {
      Share share = stored.getKey();
      if (share.node().equals(members.self())) {
        if (!stored.getValue().equals(published.get(share.topic()))) {
          again.add(share.topic());
        }
      } else if (!members.isUp(share.node())) {
        // Every node cleans its own copy: after a merge they may differ.
        here.remove(share, stored.getValue());
      }
    }
    published.forEach(
        (topic, share) -> {
          if (!share.equals(cache.get(new Share(topic, members.self())))) {
            again.add(topic);
          }
        });
    again.forEach(this::write);
  }

  void forEachPublished(BiConsumer<Topic, Count> visitor) {
    published.forEach(visitor);
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
