package org.rollcall.count;

import java.util.Set;
import java.util.function.Consumer;
import org.rollcall.presence.Topic;

/**
 * Each node's share of each count, shared by all nodes.
 *
 * <p>Safe for many threads; no call waits for another node.
 */
public interface CountStore {
  /** Publishes this node's share of a topic. One that says nothing is taken away. */
  void publish(Topic topic, NodeCount nodeCount);

  /** Returns what the other nodes have published for a topic. */
  OtherNodes others(Topic topic);

  /** Returns all topics that any node has a share of. */
  Set<Topic> topics();

  /**
   * Tells of every topic of which another node's share changed.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);
}
