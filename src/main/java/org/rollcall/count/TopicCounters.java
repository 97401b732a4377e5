package org.rollcall.count;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;

/**
 * The counters of this node's topics. The first work on a topic creates its counter; a counter that
 * counts nobody and has no subscriber is removed.
 *
 * <p>Safe for many threads: one at a time works on a topic, with its counter locked.
 */
final class TopicCounters {
  private final ConcurrentMap<Topic, TopicCounter> counters = new ConcurrentHashMap<>();
  private final Function<Topic, TopicCounter> create;

  /**
   * Creates one without topics.
   *
   * @param create makes a topic's counter, which counts nobody
   */
  TopicCounters(Function<Topic, TopicCounter> create) {
    this.create = create;
  }

  /** Works on a topic. The work must not block, nor work on another topic. */
  void with(Topic topic, Consumer<TopicCounter> work) {
    while (true) {
      TopicCounter counter = counters.computeIfAbsent(topic, create);
      synchronized (counter) {
        if (counter.isRetired()) {
          continue;
        }
        try {
          work.accept(counter);
        } finally {
          if (counter.isEmpty()) {
            counter.retire();
            counters.remove(topic, counter);
          }
        }
        return;
      }
    }
  }

  /** Returns this node's part of a topic's count. */
  NodeCount local(Topic topic) {
    @Nullable TopicCounter counter = counters.get(topic);
    if (counter == null) {
      return NodeCount.NONE;
    }
    synchronized (counter) {
      return counter.local();
    }
  }

  /** Returns whether a topic has subscribers. */
  boolean isWatched(Topic topic) {
    @Nullable TopicCounter counter = counters.get(topic);
    return counter != null && counter.isWatched();
  }

  /** Returns whether a topic has a counter. */
  boolean contains(Topic topic) {
    return counters.containsKey(topic);
  }

  /** Returns the topics that have one, as they come and go. */
  Set<Topic> topics() {
    return counters.keySet();
  }
}
