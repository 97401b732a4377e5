package org.rollcall.count;

import java.util.Set;
import java.util.function.Consumer;
import org.rollcall.presence.Topic;

/**
 * Each node's part of each count, in a store that all nodes share.
 *
 * <p>Safe for many threads; no call waits for another node.
 */
public interface CountStore {
  /** Publishes this node's count of a topic. An empty one is removed. */
  void publish(Topic topic, NodeCount nodeCount);

  /** Returns what the other nodes add to the count of a topic. */
  OtherNodes others(Topic topic);

  /** Returns all topics that any node counts. */
  Set<Topic> topics();

  /**
   * Reports every topic of which another node's count has changed.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);
}
