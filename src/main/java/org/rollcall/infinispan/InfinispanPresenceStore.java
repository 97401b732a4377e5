package org.rollcall.infinispan;

import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.PresenceStore;

/** Entries in an Infinispan cache; its listener reports every change, this node's own included. */
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
    CacheListener.add(cache, changed);
  }
}
