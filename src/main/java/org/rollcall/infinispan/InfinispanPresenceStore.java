package org.rollcall.infinispan;

import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.PresenceStore;

/** Entries in an Infinispan cache; its listener tells of every change, this node's own included. */
public final class InfinispanPresenceStore implements PresenceStore {
  private final Cache<PresenceEntry.Id, PresenceEntry> cache;
  private final Cache<PresenceEntry.Id, PresenceEntry> here;
  private final Cache<PresenceEntry.Id, PresenceEntry> removing;

  InfinispanPresenceStore(Cache<PresenceEntry.Id, PresenceEntry> cache) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.removing = CacheConfigurations.removing(cache);
  }

  @Override
  public void put(PresenceEntry entry) {
    cache.put(entry.id(), entry);
  }

  @Override
  public boolean replace(PresenceEntry expected, PresenceEntry next) {
    return cache.replace(expected.id(), expected, next);
  }

  @Override
  public boolean remove(PresenceEntry expected) {
    return removing.remove(expected.id(), expected);
  }

  @Override
  public boolean drop(PresenceEntry expected) {
    return here.remove(expected.id(), expected);
  }

  @Override
  public @Nullable PresenceEntry get(PresenceEntry.Id id) {
    return cache.get(id);
  }

  @Override
  public void forEach(Consumer<PresenceEntry> visitor) {
    // The container itself: a read through the cache takes microseconds, and there may be a hundred
    // thousand.
    cache.getAdvancedCache().getDataContainer().forEach(entry -> visitor.accept(entry.getValue()));
  }

  @Override
  public void listen(Consumer<PresenceEntry.Id> changed) {
    cache.addListener(new Changes(changed));
  }

  /** Hands ids on, after the change; public because Infinispan calls it by reflection. */
  @Listener(observation = Listener.Observation.POST)
  public static final class Changes {
    private final Consumer<PresenceEntry.Id> changed;

    Changes(Consumer<PresenceEntry.Id> changed) {
      this.changed = changed;
    }

    /** Hands on the id of an entry that was written or removed. */
    @CacheEntryCreated
    @CacheEntryModified
    @CacheEntryRemoved
    public void on(CacheEntryEvent<PresenceEntry.Id, PresenceEntry> event) {
      changed.accept(event.getKey());
    }
  }
}
