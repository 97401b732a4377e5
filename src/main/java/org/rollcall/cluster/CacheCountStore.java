package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
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
 *
 * <p>Safe for many threads: {@link #publish} and {@link #others} are called by fan-out threads and
 * workers and wait for nobody, {@link #audit} by one worker at a time.
 */
public final class CacheCountStore implements CountStore {
  private final Cache<Key, Share> cache;
  private final Cache<Key, Share> here;
  private final Cache<Key, Share> removing;
  private final Members members;
  private final ConcurrentMap<Topic, Share> published = new ConcurrentHashMap<>();
  private final Set<Topic> doubtful = ConcurrentHashMap.newKeySet();
  // What is on its way: on a busy machine a write may take longer than two audits.
  private final ConcurrentMap<Topic, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private final LongAdder repairs = new LongAdder();
  private final Bygones bygones = new Bygones(System::nanoTime);

  /** What a share is filed under. */
  record Key(Topic topic, String node) {}

  CacheCountStore(Cache<Key, Share> cache, Members members) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.removing = Caches.removing(cache);
    this.members = members;
  }

  @Override
  public void publish(Topic topic, Share share) {
    // Before as well, so that an audit does not take what is under way for something to repair.
    doubtful.add(topic);
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

  /** Tells whether a topic's share was looked after since it was published last. */
  boolean isAudited(Topic topic) {
    return !doubtful.contains(topic);
  }

  synchronized void write(Topic topic) {
    Key key = new Key(topic, members.self());
    @Nullable Share share = published.get(topic);
    CompletableFuture<Share> writing =
        (share == null ? removing.removeAsync(key) : cache.putAsync(key, share))
            .whenComplete(
                (before, failure) -> {
                  if (failure != null) {
                    doubtful.add(topic);
                  }
                });
    CompletableFuture<?> all = underWay.merge(topic, writing, CompletableFuture::allOf);
    // The last one takes all of a topic away.
    CompletableFuture<?> unused = all.whenComplete((done, failure) -> underWay.remove(topic, all));
  }

  /** Waits until the other nodes have what was published, for as long as writes take at most. */
  public void awaitWritten() {
    int unused =
        CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
            .handle((done, failure) -> 0)
            .join();
  }

  @Override
  public Others others(Topic topic) {
    List<String> up = new ArrayList<>(members.up());
    Set<String> going = new HashSet<>(members.gone());
    up.forEach(going::remove);
    Set<String> known = bygones.with(going);
    known.removeAll(up);
    up.remove(members.self());
    for (String node : up) {
      if (members.isLeaving(node)) {
        going.add(node);
      }
    }
    // One that was cut off and is up again counts for itself.
    up.removeAll(going);
    known.addAll(going);
    boolean leaving = members.isLeaving(members.self());
    if (leaving) {
      known.add(members.self());
    }
    Others others =
        Others.besides(known)
            .crashed(going.stream().filter(members::hasCrashed).collect(Collectors.toSet()));
    List<Share> gone = new ArrayList<>(going.size());
    for (String node : going) {
      Share share = share(topic, node);
      others = others.plusGone(node, share);
      gone.add(share);
    }
    for (Share share : gone) {
      others = others.lessReturned(share, members.self());
    }
    for (String node : up) {
      others = others.plusUp(share(topic, node), members.self());
    }
    return leaving ? others : others.toStaying();
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
    Set<Topic> unsure = new HashSet<>(doubtful);
    doubtful.removeAll(unsure);
    Set<Topic> again = new HashSet<>(unsure);
    unsure.addAll(underWay.keySet());
    Set<String> gone = new HashSet<>(members.gone());
    List<Map.Entry<Key, Share>> left = new ArrayList<>();
    for (Map.Entry<Key, Share> stored : here.entrySet()) {
      Key key = stored.getKey();
      if (key.node().equals(members.self())) {
        if (!stored.getValue().equals(published.get(key.topic()))) {
          again.add(key.topic());
        }
      } else if (!members.isUp(key.node())) {
        gone.add(key.node());
        left.add(stored);
      }
    }
    Set<String> ended = gone.stream().filter(over).collect(Collectors.toSet());
    bygones.add(ended);
    members.gone(gone, ended);
    // Not before all of them count no more: one may say who of another has come back.
    left.stream()
        .filter(stored -> ended.contains(stored.getKey().node()))
        // Every node cleans its own copy: after a merge they may differ.
        .forEach(stored -> here.remove(stored.getKey(), stored.getValue()));
    published.forEach(
        (topic, share) -> {
          if (!share.equals(cache.get(new Key(topic, members.self())))) {
            again.add(topic);
          }
        });
    again.forEach(this::write);
    again.stream()
        .filter(topic -> !unsure.contains(topic) && isAudited(topic))
        .forEach(topic -> repairs.increment());
  }

  /** Returns how many shares had to be written again since the start, that had been written. */
  public long repairs() {
    return repairs.sum();
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
