package org.rollcall.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The presences of one topic as this node has sent them, and the topic's subscribers.
 *
 * <p>Its lock makes a topic one sequence: of two diffs or snapshots, one is complete before the
 * other begins. Every method is called with the lock held, which {@link TopicStates} takes.
 */
final class TopicState {
  private static final Logger LOG = System.getLogger(TopicState.class.getName());

  private final Topic topic;
  private final LongAdder told;
  private final TopicEntries known = new TopicEntries();
  private final SubscriberList subscribers = new SubscriberList();
  private long version;
  private boolean retired;
  private @Nullable UpdateRateLimit pace;

  TopicState(Topic topic, LongAdder told) {
    this.topic = topic;
    this.told = told;
  }

  /**
   * Takes over the entries that the store has now under some ids, and sends the difference. An
   * update that comes too soon after another of its key is left for a later look; until then the
   * state keeps the meta before it.
   *
   * @param now for each id its meta, or null if there is no such entry
   * @param waits returns how long updates of a key have to wait now
   * @return the entries that have to be looked at again, and when
   */
  Map<PresenceEntry.Id, Duration> update(
      Map<PresenceEntry.Id, @Nullable Meta> now,
      BiFunction<UpdateRateLimit, String, Duration> waits) {
    Map<PresenceEntry.Id, Duration> late = late(now, waits);
    tell(now, late.keySet());
    return late;
  }

  private Map<PresenceEntry.Id, Duration> late(
      Map<PresenceEntry.Id, @Nullable Meta> now,
      BiFunction<UpdateRateLimit, String, Duration> waits) {
    Map<String, Duration> byKey = new HashMap<>(0);
    Map<PresenceEntry.Id, Duration> late = new LinkedHashMap<>(0);
    now.forEach(
        (id, meta) -> {
          Meta before = known.get(id);
          if (meta != null && before != null && !before.equals(meta)) {
            UpdateRateLimit own = pace == null ? new UpdateRateLimit() : pace;
            pace = own;
            Duration wait = byKey.computeIfAbsent(id.key(), key -> waits.apply(own, key));
            if (!wait.isZero()) {
              late.put(id, wait);
            }
          }
        });
    return late;
  }

  private void tell(Map<PresenceEntry.Id, @Nullable Meta> now, Set<PresenceEntry.Id> late) {
    List<PresenceDiff.Change> changes = new ArrayList<>(now.size());
    now.forEach(
        (id, meta) -> {
          if (late.contains(id)) {
            return;
          }
          Meta left = meta == null ? known.remove(id) : known.put(id, meta);
          if (!Objects.equals(left, meta)) {
            changes.add(new PresenceDiff.Change(id.key(), meta, left));
          }
        });
    if (changes.isEmpty()) {
      return;
    }
    version++;
    if (!subscribers.isEmpty()) {
      told.increment();
      PresenceDiff diff = new PresenceDiff(topic, version, changes);
      subscribers.forEach(subscriber -> tell(subscriber, diff));
    }
  }

  private static void tell(Subscriber subscriber, PresenceDiff diff) {
    try {
      subscriber.onDiff(diff);
    } catch (RuntimeException e) {
      // The next subscriber must not miss what this one could not take.
      LOG.log(Level.ERROR, "A subscriber failed on a diff", e);
    }
  }

  /** Returns the topic: one object for all who are subscribed to it. */
  Topic topic() {
    return topic;
  }

  PresenceState presenceState() {
    return new PresenceState(version, known.metasByKey());
  }

  /** Returns the ids of a key's connections. */
  List<PresenceEntry.Id> ids(String key) {
    return known.ids(key);
  }

  /** Returns how many entries there are. */
  int entries() {
    return known.size();
  }

  /** Returns all ids. */
  List<PresenceEntry.Id> ids() {
    return known.ids();
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  boolean isEmpty() {
    return known.isEmpty() && subscribers.isEmpty();
  }

  /**
   * Marks that this state is no longer the topic's: a caller that still holds it must look it up
   * again.
   */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }
}
