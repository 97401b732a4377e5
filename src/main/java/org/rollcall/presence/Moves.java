package org.rollcall.presence;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Where entries have moved that another node took over in a partition: their callers still name
 * them by the old id. Safe for many threads.
 */
final class Moves {
  private final ConcurrentMap<Entry.Id, Entry.Id> moved = new ConcurrentHashMap<>();

  void add(Entry.Id from, Entry.Id to) {
    moved.put(from, to);
  }

  boolean has(Entry.Id id) {
    return moved.containsKey(id);
  }

  /** Tells whether an entry moved from one id straight to the other. */
  boolean has(Entry.Id from, Entry.Id to) {
    return to.equals(moved.get(from));
  }

  /** Returns where an entry is now. */
  Entry.Id target(Entry.Id id) {
    Entry.Id at = id;
    for (Entry.@Nullable Id next = moved.get(at); next != null; next = moved.get(at)) {
      at = next;
    }
    return at;
  }

  void forget(Entry.Id id) {
    for (Entry.@Nullable Id next = moved.remove(id); next != null; next = moved.remove(next)) {
      // The next one of the chain.
    }
  }
}
