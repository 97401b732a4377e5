package org.rollcall.social.rules;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules in the memory that all nodes share, each with its end in Unix seconds.
 *
 * <p>Safe for many threads. Writes wait for the other nodes, reads for nobody.
 */
public interface RuleStore {
  /** Writes a rule; what it says from then on is known on every node when this returns. */
  void put(VisibilityRule rule, long until);

  /**
   * Writes a rule that was kept while no node was up, unless there is one already: nodes that start
   * in the same moment do so all of them.
   */
  void restore(VisibilityRule rule, long until);

  /**
   * Tells whether a node has put the kept rules in force since there was none. Waits while another
   * is about to: of two that do so at once, the later one would bring back what was lifted on the
   * earlier one meanwhile.
   */
  boolean isRestored();

  /** Notes that the kept rules are in force. */
  void restored();

  /** Removes a rule with any end. */
  void remove(VisibilityRule rule);

  /** Removes a rule that still has this end. */
  void remove(VisibilityRule rule, long until);

  /** Returns a rule's end, or null if there is no such rule. */
  @Nullable Long get(VisibilityRule rule);

  /** Passes all rules and their ends. */
  void forEach(BiConsumer<VisibilityRule, Long> visitor);

  /**
   * Writes the rules of this replica to all replicas. Called after a change of the view, by a
   * worker.
   */
  void assertAll();

  /**
   * Tells of each rule that was written or removed on any node, though not of what comes or goes
   * with a change of the view.
   *
   * @param changed called after the change, on the store's threads; must not block
   */
  void listen(Consumer<VisibilityRule> changed);
}
