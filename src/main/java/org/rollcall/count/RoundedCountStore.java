package org.rollcall.count;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;

/**
 * The numbers that are shown of each rounded count, the same on all nodes.
 *
 * <p>Safe for many threads; no call waits for another node.
 */
public interface RoundedCountStore {
  /**
   * The shown numbers of a count.
   *
   * @param period the number of the period in which it was decided
   * @param count the numbers
   */
  record Shown(long period, Count count) {}

  /** Returns the last decision about a topic, or null if there is none, or it was forgotten. */
  @Nullable Shown get(Topic topic);

  /** Writes for every node what is shown of a topic. A write that fails is lost. */
  void put(Topic topic, Shown shown);

  /** Passes all decisions. */
  void forEach(BiConsumer<Topic, Shown> visitor);

  /** Removes a decision about a topic from this node's replica only, if it is still this one. */
  void forget(Topic topic, Shown shown);

  /**
   * Reports every topic of which another number is shown.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);
}
