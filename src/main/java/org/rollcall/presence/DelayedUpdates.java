package org.rollcall.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.rollcall.concurrent.Scheduler;

/**
 * Entries whose update came too soon after another update of their key. They are looked at again
 * when the update may be sent: all entries of a key at once, by one timer, however many updates
 * come meanwhile.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class DelayedUpdates {
  private record Key(Topic topic, String key) {}

  private final Scheduler scheduler;
  private final Consumer<PresenceEntry.Id> look;
  private final ConcurrentMap<Key, Set<PresenceEntry.Id>> waiting = new ConcurrentHashMap<>();

  /**
   * Creates one without entries.
   *
   * @param look is given each entry when its time has come
   */
  DelayedUpdates(Scheduler scheduler, Consumer<PresenceEntry.Id> look) {
    this.scheduler = scheduler;
    this.look = look;
  }

  /** Has entries looked at again after their time. */
  void add(Map<PresenceEntry.Id, Duration> late) {
    late.forEach(this::add);
  }

  private void add(PresenceEntry.Id id, Duration wait) {
    Key key = new Key(id.topic(), id.key());
    Set<PresenceEntry.Id> first = ConcurrentHashMap.newKeySet(2);
    // Within compute: what is added is either released by an alarm that comes later, or has its
    // own.
    Set<PresenceEntry.Id> all =
        waiting.compute(
            key,
            (any, known) -> {
              Set<PresenceEntry.Id> ids = known == null ? first : known;
              ids.add(id);
              return ids;
            });
    if (all == first) {
      scheduler.run(() -> release(key), wait);
    }
  }

  private void release(Key key) {
    Collection<PresenceEntry.Id> ids = Objects.requireNonNullElse(waiting.remove(key), Set.of());
    ids.forEach(look);
  }
}
