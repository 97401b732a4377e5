package org.rollcall.count;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;

/**
 * The shown numbers of each count that hides people, the same on all nodes.
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

  /** Returns what was decided last of a topic, or null if nothing was, or it was forgotten. */
  @Nullable Shown get(Topic topic);

  /** Has every node show something of a topic. What cannot be written is lost. */
  void put(Topic topic, Shown shown);

  /** Passes all that is kept. */
  void forEach(BiConsumer<Topic, Shown> visitor);

  /** Forgets on this node, and no other, what is shown of a topic, if it is still that. */
  void forget(Topic topic, Shown shown);

  /**
   * Tells of every topic of which something else is shown.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);
}
