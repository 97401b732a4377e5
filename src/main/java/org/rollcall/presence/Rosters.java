package org.rollcall.presence;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rosters of the topics that somebody is on or subscribed to; others have none.
 *
 * <p>Safe for many threads. Work on one topic excludes other work on that topic only.
 */
final class Rosters {
  private final ConcurrentMap<Topic, Roster> rosters = new ConcurrentHashMap<>();
  private final LongAdder told = new LongAdder();

  /** Works on a topic's roster, which is made before and dropped after if it is empty. */
  void with(Topic topic, Consumer<Roster> work) {
    while (true) {
      Roster roster = rosters.computeIfAbsent(topic, any -> new Roster(any, told));
      synchronized (roster) {
        if (roster.isRetired()) {
          // Emptied between the look-up and the lock: its successor is in the map, or will be.
          continue;
        }
        try {
          work.accept(roster);
        } finally {
          if (roster.isEmpty()) {
            roster.retire();
            rosters.remove(topic, roster);
          }
        }
        return;
      }
    }
  }

  /** Tells a subscriber of a topic's diffs from now on. */
  Subscription subscribe(Topic topic, Subscriber subscriber) {
    with(topic, roster -> roster.add(subscriber));
    return new Subscription() {
      @Override
      public Topic topic() {
        return topic;
      }

      @Override
      public Snapshot snapshot() {
        return Rosters.this.snapshot(topic);
      }

      @Override
      public Snapshot end() {
        return unsubscribe(topic, subscriber);
      }

      @Override
      public void close() {
        Snapshot unused = end();
      }
    };
  }

  /** Unsubscribes, and returns the snapshot that the diffs told until then lead to. */
  private Snapshot unsubscribe(Topic topic, Subscriber subscriber) {
    AtomicReference<Snapshot> last = new AtomicReference<>(Snapshot.EMPTY);
    with(
        topic,
        roster -> {
          last.set(roster.snapshot());
          roster.remove(subscriber);
        });
    return Objects.requireNonNull(last.get());
  }

  Snapshot snapshot(Topic topic) {
    @Nullable Roster roster = rosters.get(topic);
    if (roster == null) {
      return Snapshot.EMPTY;
    }
    synchronized (roster) {
      return roster.snapshot();
    }
  }

  List<Entry.Id> ids(Topic topic, String key) {
    @Nullable Roster roster = rosters.get(topic);
    if (roster == null) {
      return List.of();
    }
    synchronized (roster) {
      return roster.ids(key);
    }
  }

  /** Passes every id that was told, of some topics. */
  void forEach(Predicate<Topic> which, Consumer<Entry.Id> visitor) {
    rosters.forEach(
        (topic, roster) -> {
          if (which.test(topic)) {
            List<Entry.Id> ids;
            synchronized (roster) {
              ids = roster.ids();
            }
            ids.forEach(visitor);
          }
        });
  }

  /** Returns how many diffs were told since the start, each once, to however many. */
  long told() {
    return told.sum();
  }

  int size() {
    return rosters.size();
  }
}
