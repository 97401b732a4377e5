package org.rollcall.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the store and never fails its caller: a write that fails in a change of the view is
 * repaired later.
 *
 * <p>Safe for many threads, of which one at a time writes under an id; a call may wait for the
 * store.
 */
final class StoreWriter {
  private static final Logger LOG = System.getLogger(StoreWriter.class.getName());

  private final PresenceStore store;
  private final String self;
  // Entries that other nodes may see before they are local entries: this node owns them already.
  private final ConcurrentMap<PresenceEntry.Id, PresenceEntry> begun = new ConcurrentHashMap<>();
  private final Set<PresenceEntry.Id> underWay = ConcurrentHashMap.newKeySet();

  StoreWriter(PresenceStore store, String self) {
    this.store = store;
    this.self = self;
  }

  @Nullable PresenceEntry stored(PresenceEntry.Id id) {
    return store.get(id);
  }

  boolean isOwn(PresenceEntry entry) {
    return entry.owner().equals(self);
  }

  PresenceEntry live(PresenceEntry.Id id, Meta meta) {
    return PresenceEntry.live(id, self, meta);
  }

  /** Notes that an entry is about to be written for the first time. */
  void begin(PresenceEntry entry) {
    begun.put(entry.id(), entry);
  }

  /** Notes that the write of an entry has ended, with or without success. */
  void finish(PresenceEntry entry) {
    begun.remove(entry.id(), entry);
  }

  /** Passes all entries whose write has begun and has not ended. */
  void forEachBegun(Consumer<PresenceEntry> visitor) {
    begun.values().forEach(visitor);
  }

  /**
   * Returns whether a write of an entry is in flight: other nodes may have the entry, or not yet.
   */
  boolean isUnderWay(PresenceEntry.Id id) {
    return begun.containsKey(id) || underWay.contains(id);
  }

  /** Writes an entry, and returns it. */
  PresenceEntry written(PresenceEntry entry) {
    underWay.add(entry.id());
    try {
      store.put(entry);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be written; it will be repaired", e);
    } finally {
      underWay.remove(entry.id());
    }
    return entry;
  }

  /**
   * Writes an own entry in place of its last value. Returns false if another node has taken the
   * entry over, as far as this node knows.
   */
  boolean rewritten(PresenceEntry before, PresenceEntry next) {
    underWay.add(next.id());
    try {
      if (store.replace(before, next)) {
        return true;
      }
      @Nullable PresenceEntry stored = store.get(next.id());
      if (stored != null && !isOwn(stored)) {
        return false;
      }
      if (!next.equals(stored)) {
        store.put(next);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be written; it will be repaired", e);
    } finally {
      underWay.remove(next.id());
    }
    return true;
  }

  /** Returns whether this very value was replaced. */
  boolean replaced(PresenceEntry stored, PresenceEntry next) {
    underWay.add(next.id());
    try {
      // A store that repeats a write after a change of the view may deny its own first attempt.
      return store.replace(stored, next) || Objects.equals(store.get(next.id()), next);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be replaced; it will be repaired", e);
      return false;
    } finally {
      underWay.remove(next.id());
    }
  }

  /** Returns whether this very value was removed. */
  boolean removed(PresenceEntry stored) {
    underWay.add(stored.id());
    try {
      // After a merge, replicas may differ: this one may still have an entry that its primary owner
      // lacks.
      return store.remove(stored) || store.drop(stored);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be removed; it will be repaired", e);
      return false;
    } finally {
      underWay.remove(stored.id());
    }
  }

  /** Removes the entry that this node has stored under an id, whichever value it has. */
  void removeOwn(PresenceEntry.Id id) {
    try {
      PresenceEntry stored = store.get(id);
      if (stored != null && isOwn(stored)) {
        removed(stored);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be looked up; it will be repaired", e);
    }
  }

  /**
   * Writes that an own entry lingers. Returns false if another node has the entry by now, or no
   * node. Returns true if the store failed: the entry will be repaired.
   */
  boolean lingers(PresenceEntry lost) {
    try {
      PresenceEntry stored = store.get(lost.id());
      if (stored != null && isOwn(stored)) {
        replaced(stored, lost);
        stored = store.get(lost.id());
      }
      return stored != null && isOwn(stored);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An entry could not be looked up; it will be repaired", e);
      return true;
    }
  }
}
