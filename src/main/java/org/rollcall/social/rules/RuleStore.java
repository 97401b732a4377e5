package org.rollcall.social.rules;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules in a store that all nodes share, each with its end in Unix seconds.
 *
 * <p>Safe for many threads. Writes wait for the other nodes, reads for nobody.
 */
public interface RuleStore {
  /** Writes a rule. When this returns, the rule is known on every node. */
  void put(VisibilityRule rule, long until);

  /**
   * Writes a rule of the table, unless the store has it already: nodes that start at the same
   * moment all write them.
   */
  void restore(VisibilityRule rule, long until);

  /**
   * Returns whether the table's rules are in force, because a node has restored them since no node
   * was up. Waits while another node restores them: of two that did so at once, the later one would
   * bring back rules that were lifted on the earlier one meanwhile.
   */
  boolean isRestored();

  /** Notes that the rules of the table are in force. */
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
   * Reports each rule that was written or removed on any node, but not rules that come or go with a
   * change of the view.
   *
   * @param changed called after the change, on the store's threads; must not block
   */
  void listen(Consumer<VisibilityRule> changed);
}
