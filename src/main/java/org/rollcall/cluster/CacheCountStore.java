package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.CountStore;
import org.rollcall.count.Others;
import org.rollcall.count.Share;
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
  /** Longer than a node that starts takes, and the grace after it. */
  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Cache<Key, Share> cache;
  private final Cache<Key, Share> here;
  private final Members members;
  private final ConcurrentMap<Topic, Share> published = new ConcurrentHashMap<>();
  private final Set<Topic> doubtful = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> past = new ConcurrentHashMap<>();

  /** What a share is filed under. */
  record Key(Topic topic, String node) {}

  CacheCountStore(Cache<Key, Share> cache, Members members) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.members = members;
  }

  @Override
  public void publish(Topic topic, Share share) {
    // With the write in one step, or an audit could write the share before this one after it.
    synchronized (this) {
      if (share.isNone()) {
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
    Key key = new Key(topic, members.self());
    @Nullable Share share = published.get(topic);
    CompletableFuture<Share> writing =
        share == null ? cache.removeAsync(key) : cache.putAsync(key, share);
    CompletableFuture<Share> unused =
        writing.whenComplete(
            (before, failure) -> {
              if (failure != null) {
                doubtful.add(topic);
              }
            });
  }

  @Override
  public Others others(Topic topic) {
    List<String> up = members.up();
    Others others = Others.besides(known());
    List<Share> staying = new ArrayList<>(up.size());
    List<Share> gone = new ArrayList<>(0);
    for (String node : up) {
      if (!node.equals(members.self())) {
        Share share = share(topic, node);
        if (members.isLeaving(node)) {
          others = others.plusGone(node, share);
          gone.add(share);
        } else {
          staying.add(share);
        }
      }
    }
    for (String node : members.gone()) {
      if (!up.contains(node)) {
        Share share = share(topic, node);
        others = others.plusGone(node, share);
        gone.add(share);
      }
    }
    for (Share share : gone) {
      others = others.lessReturned(share, members.self());
    }
    for (Share share : staying) {
      others = others.plusUp(share, members.self());
    }
    return others;
  }

  /**
   * Nodes that are gone are not so for all at once: one that has just started counts them longer.
   */
  private Set<String> known() {
    Set<String> known = new HashSet<>(members.gone());
    past.forEach(
        (node, since) -> {
          if (System.nanoTime() - since < REMEMBERED_NANOS) {
            known.add(node);
          }
        });
    for (String node : members.up()) {
      // One that was cut off and is up again counts for itself.
      if (members.isLeaving(node)) {
        known.add(node);
      } else {
        known.remove(node);
      }
    }
    return known;
  }

  private Share share(Topic topic, String node) {
    @Nullable Share share = cache.get(new Key(topic, node));
    return share == null ? Share.NONE : share;
  }

  /**
   * Writes again what may not have been written, or not in order, and forgets nodes that are gone.
   * Called by a worker, one at a time.
   *
   * @param over tells whether a node that is gone counts no more
   */
  void audit(Predicate<String> over) {
    Set<Topic> again = new HashSet<>(doubtful);
    doubtful.removeAll(again);
    Set<String> gone = new HashSet<>(members.gone());
    for (Map.Entry<Key, Share> stored : here.entrySet()) {
      Key key = stored.getKey();
      if (key.node().equals(members.self())) {
        if (!stored.getValue().equals(published.get(key.topic()))) {
          again.add(key.topic());
        }
      } else if (!members.isUp(key.node())) {
        gone.add(key.node());
        if (over.test(key.node())) {
          // Every node cleans its own copy: after a merge they may differ.
          here.remove(key, stored.getValue());
        }
      }
    }
    Set<String> ended = gone.stream().filter(over).collect(Collectors.toSet());
    ended.forEach(node -> past.put(node, System.nanoTime()));
    past.values().removeIf(since -> System.nanoTime() - since > REMEMBERED_NANOS);
    members.gone(gone, ended);
    published.forEach(
        (topic, share) -> {
          if (!share.equals(cache.get(new Key(topic, members.self())))) {
            again.add(topic);
          }
        });
    again.forEach(this::write);
  }

  void forEachPublished(BiConsumer<Topic, Share> visitor) {
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
    public void on(CacheEntryEvent<Key, Share> event) {
      if (!event.getKey().node().equals(self)) {
        changed.accept(event.getKey().topic());
      }
    }
  }
}
