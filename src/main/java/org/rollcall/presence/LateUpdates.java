package org.rollcall.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Entries whose update came too soon after another one of their key, to be looked at again when it
 * may be told: all of a key at once, and by one alarm, however many updates come meanwhile.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class LateUpdates {
  private record Key(Topic topic, String key) {}

  private final Later later;
  private final Consumer<Entry.Id> look;
  private final ConcurrentMap<Key, Set<Entry.Id>> waiting = new ConcurrentHashMap<>();

  /**
   * Creates one without entries.
   *
   * @param look is given each entry when its time has come
   */
  LateUpdates(Later later, Consumer<Entry.Id> look) {
    this.later = later;
    this.look = look;
  }

  /** Has entries looked at again after their time. */
  void add(Map<Entry.Id, Duration> late) {
    late.forEach(this::add);
  }

  private void add(Entry.Id id, Duration wait) {
    Key key = new Key(id.topic(), id.key());
    Set<Entry.Id> first = ConcurrentHashMap.newKeySet(2);
    // Within compute: what is added is either released by an alarm that comes later, or has its
    // own.
    Set<Entry.Id> all =
        waiting.compute(
            key,
            (any, known) -> {
              Set<Entry.Id> ids = known == null ? first : known;
              ids.add(id);
              return ids;
            });
    if (all == first) {
      later.run(() -> release(key), wait);
    }
  }

  private void release(Key key) {
    Collection<Entry.Id> ids = Objects.requireNonNullElse(waiting.remove(key), Set.of());
    ids.forEach(look);
  }
}
