package org.rollcall.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one topic as this node has sent them, in the order in which they came.
 *
 * <p>Most topics have one or two entries. A room has thousands, and each join looks its user up: a
 * topic with more than {@value #FEW} entries has an index by key, so that no look-up goes through
 * all entries.
 *
 * <p>For one thread at a time: it is used with the lock of its {@link TopicState}.
 */
final class TopicEntries {
  static final int FEW = 16;

  private final Map<PresenceEntry.Id, Meta> metas = new LinkedHashMap<>(4);
  private @Nullable Map<String, Set<PresenceEntry.Id>> byKey;

  /** Returns the meta of an entry, or null if it is not there. */
  @Nullable Meta get(PresenceEntry.Id id) {
    return metas.get(id);
  }

  /** Adds or changes an entry. Returns its meta before, or null if it was not there. */
  @Nullable Meta put(PresenceEntry.Id id, Meta meta) {
    Meta before = metas.put(id, meta);
    if (byKey != null) {
      index(byKey, id);
    } else if (metas.size() > FEW) {
      Map<String, Set<PresenceEntry.Id>> index = new HashMap<>();
      metas.keySet().forEach(each -> index(index, each));
      byKey = index;
    }
    return before;
  }

  private static void index(Map<String, Set<PresenceEntry.Id>> index, PresenceEntry.Id id) {
    index.computeIfAbsent(id.key(), key -> new LinkedHashSet<>(2)).add(id);
  }

  /** Removes an entry. Returns its meta, or null if it was not there. */
  @Nullable Meta remove(PresenceEntry.Id id) {
    Meta before = metas.remove(id);
    // At half of it, so that an entry that comes and goes does not make an index each time.
    if (metas.size() <= FEW / 2) {
      byKey = null;
    } else if (byKey != null) {
      byKey.computeIfPresent(
          id.key(),
          (key, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
          });
    }
    return before;
  }

  /** Returns the ids of a key's entries. */
  List<PresenceEntry.Id> ids(String key) {
    return byKey == null
        ? metas.keySet().stream().filter(id -> id.key().equals(key)).toList()
        : List.copyOf(byKey.getOrDefault(key, Set.of()));
  }

  /** Returns all ids. */
  List<PresenceEntry.Id> ids() {
    return List.copyOf(metas.keySet());
  }

  /** Returns the metas of each key. */
  Map<String, List<Meta>> metasByKey() {
    if (metas.isEmpty()) {
      return Map.of();
    }
    Map<String, List<Meta>> all = new LinkedHashMap<>();
    metas.forEach((id, meta) -> all.computeIfAbsent(id.key(), key -> new ArrayList<>(2)).add(meta));
    return all;
  }

  int size() {
    return metas.size();
  }

  boolean isEmpty() {
    return metas.isEmpty();
  }
}
