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
 * The states of the topics that have an entry or a subscriber; other topics have none.
 *
 * <p>Safe for many threads. Work on one topic excludes other work on that topic only.
 */
final class TopicStates {
  private final ConcurrentMap<Topic, TopicState> states = new ConcurrentHashMap<>();
  private final LongAdder told = new LongAdder();

  /**
   * Works on a topic's state, which is made before if it is missing and dropped after if it is
   * empty.
   */
  void with(Topic topic, Consumer<TopicState> work) {
    while (true) {
      TopicState topicState = states.computeIfAbsent(topic, any -> new TopicState(any, told));
      synchronized (topicState) {
        if (topicState.isRetired()) {
          // Emptied between the look-up and the lock: its successor is in the map, or will be.
          continue;
        }
        try {
          work.accept(topicState);
        } finally {
          if (topicState.isEmpty()) {
            topicState.retire();
            states.remove(topic, topicState);
          }
        }
        return;
      }
    }
  }

  /** Sends a topic's diffs to a subscriber from now on. */
  Subscription subscribe(Topic topic, Subscriber subscriber) {
    // Thousands of subscriptions share the topic that the state has, instead of one each.
    AtomicReference<Topic> shared = new AtomicReference<>(topic);
    with(
        topic,
        topicState -> {
          topicState.add(subscriber);
          shared.set(topicState.topic());
        });
    return new TopicSubscription(this, Objects.requireNonNull(shared.get()), subscriber);
  }

  /** Unsubscribes, and returns the snapshot that the diffs sent until then lead to. */
  PresenceState unsubscribe(Topic topic, Subscriber subscriber) {
    AtomicReference<PresenceState> last = new AtomicReference<>(PresenceState.EMPTY);
    with(
        topic,
        topicState -> {
          last.set(topicState.presenceState());
          topicState.remove(subscriber);
        });
    return Objects.requireNonNull(last.get());
  }

  PresenceState snapshot(Topic topic) {
    @Nullable TopicState topicState = states.get(topic);
    if (topicState == null) {
      return PresenceState.EMPTY;
    }
    synchronized (topicState) {
      return topicState.presenceState();
    }
  }

  List<PresenceEntry.Id> ids(Topic topic, String key) {
    @Nullable TopicState topicState = states.get(topic);
    if (topicState == null) {
      return List.of();
    }
    synchronized (topicState) {
      return topicState.ids(key);
    }
  }

  /** Returns how many entries a topic has. */
  int entries(Topic topic) {
    @Nullable TopicState topicState = states.get(topic);
    if (topicState == null) {
      return 0;
    }
    synchronized (topicState) {
      return topicState.entries();
    }
  }

  /** Passes every id in the states of some topics. */
  void forEach(Predicate<Topic> which, Consumer<PresenceEntry.Id> visitor) {
    states.forEach(
        (topic, topicState) -> {
          if (which.test(topic)) {
            List<PresenceEntry.Id> ids;
            synchronized (topicState) {
              ids = topicState.ids();
            }
            ids.forEach(visitor);
          }
        });
  }

  /** Returns how many diffs were made since the start, each counted once for all subscribers. */
  long told() {
    return told.sum();
  }

  int size() {
    return states.size();
  }
}
