package org.rollcall.infinispan;

import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;

/**
 * Reports the key of each entry that any node has written to a cache or removed from it, once the
 * change can be read on this node. Entries that arrive by state transfer, or expire, are not
 * reported.
 *
 * <p>Called on Infinispan's threads, concurrently; public because Infinispan calls it by
 * reflection.
 *
 * @param <K> a key
 * @param <V> a value
 */
@Listener(observation = Listener.Observation.POST)
public final class CacheListener<K, V> {
  private final Consumer<K> changed;

  private CacheListener(Consumer<K> changed) {
    this.changed = changed;
  }

  /**
   * Begins to listen to a cache.
   *
   * @param changed must not block
   */
  static <K, V> void add(Cache<K, V> cache, Consumer<K> changed) {
    cache.addListener(new CacheListener<K, V>(changed));
  }

  /** Reports the key of an entry. */
  @CacheEntryCreated
  @CacheEntryModified
  @CacheEntryRemoved
  public void on(CacheEntryEvent<K, V> event) {
    changed.accept(event.getKey());
  }
}
