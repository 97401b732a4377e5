package org.rollcall.cluster;

import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Entry;
import org.rollcall.presence.PresenceStore;

/** Entries in an Infinispan cache; its listener tells of every change, this node's own included. */
public final class CachePresenceStore implements PresenceStore {
  private final Cache<Entry.Id, Entry> cache;
  private final Cache<Entry.Id, Entry> here;
  private final Cache<Entry.Id, Entry> removing;

  CachePresenceStore(Cache<Entry.Id, Entry> cache) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.removing = Caches.removing(cache);
  }

  @Override
  public void put(Entry entry) {
    cache.put(entry.id(), entry);
  }

  @Override
  public boolean replace(Entry expected, Entry next) {
    return cache.replace(expected.id(), expected, next);
  }

  @Override
  public boolean remove(Entry expected) {
    return removing.remove(expected.id(), expected);
  }

  @Override
  public boolean drop(Entry expected) {
    return here.remove(expected.id(), expected);
  }

  @Override
  public @Nullable Entry get(Entry.Id id) {
    return cache.get(id);
  }

  @Override
  public void forEach(Consumer<Entry> visitor) {
    // The container itself: a read through the cache takes microseconds, and there may be a hundred
    // thousand.
    cache.getAdvancedCache().getDataContainer().forEach(entry -> visitor.accept(entry.getValue()));
  }

  @Override
  public void listen(Consumer<Entry.Id> changed) {
    cache.addListener(new Changes(changed));
  }

  /** Hands ids on, after the change; public because Infinispan calls it by reflection. */
  @Listener(observation = Listener.Observation.POST)
  public static final class Changes {
    private final Consumer<Entry.Id> changed;

    Changes(Consumer<Entry.Id> changed) {
      this.changed = changed;
    }

    /** Hands on the id of an entry that was written or removed. */
    @CacheEntryCreated
    @CacheEntryModified
    @CacheEntryRemoved
    public void on(CacheEntryEvent<Entry.Id, Entry> event) {
      changed.accept(event.getKey());
    }
  }
}
