package org.rollcall.presence;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The new ids of entries that another node took over in a partition. Their callers still name them
 * by the old id. Safe for many threads.
 */
final class MovedEntries {
  private final ConcurrentMap<PresenceEntry.Id, PresenceEntry.Id> moved = new ConcurrentHashMap<>();

  void add(PresenceEntry.Id from, PresenceEntry.Id to) {
    moved.put(from, to);
  }

  boolean has(PresenceEntry.Id id) {
    return moved.containsKey(id);
  }

  /** Tells whether an entry moved from one id straight to the other. */
  boolean has(PresenceEntry.Id from, PresenceEntry.Id to) {
    return to.equals(moved.get(from));
  }

  /** Returns where an entry is now. */
  PresenceEntry.Id target(PresenceEntry.Id id) {
    PresenceEntry.Id at = id;
    for (PresenceEntry.@Nullable Id next = moved.get(at); next != null; next = moved.get(at)) {
      at = next;
    }
    return at;
  }

  void forget(PresenceEntry.Id id) {
    for (PresenceEntry.@Nullable Id next = moved.remove(id);
        next != null;
        next = moved.remove(next)) {
      // The next one of the chain.
    }
  }
}
