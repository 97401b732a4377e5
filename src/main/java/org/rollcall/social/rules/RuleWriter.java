package org.rollcall.social.rules;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes and lifts rules, first in the table, then in the store. Table and store agree in the end,
 * even if several nodes change one rule at a time: the calls of one node change a rule one after
 * the other, and each call reads the table again after it has written the store.
 *
 * <p>Called by threads that may wait: for the database, for the other nodes, and for any thread
 * that changes a rule of the same user, or of one of the 64th part of users that share a lock.
 */
final class RuleWriter {
  private static final Logger LOG = System.getLogger(RuleWriter.class.getName());
  private static final int LOCKS = 64;

  /**
   * The most attempts. Each further attempt means that another node has changed the rule meanwhile.
   */
  private static final int MOST_ATTEMPTS = 10;

  private static final int MOST_DOUBTFUL = 10_000;

  private final RuleStore store;
  private final Optional<RuleTable> table;
  private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

  /** Rules that are being changed, or whose last change failed. If they are too many, all are. */
  private final Set<VisibilityRule> doubtful = ConcurrentHashMap.newKeySet();

  RuleWriter(RuleStore store, Optional<RuleTable> table) {
    this.store = store;
    this.table = table;
  }

  private Object lock(VisibilityRule rule) {
    return locks[Math.floorMod(rule.user().hashCode(), LOCKS)];
  }

  /** Returns whether table and store have the same rule, as far as this node has written them. */
  boolean isSure(VisibilityRule rule) {
    return doubtful.size() < MOST_DOUBTFUL && !doubtful.contains(rule);
  }

  private void doubt(VisibilityRule rule) {
    if (doubtful.size() < MOST_DOUBTFUL) {
      doubtful.add(rule);
    }
  }

  void make(VisibilityRule rule, long until) throws RulesUnavailable {
    synchronized (lock(rule)) {
      doubt(rule);
      if (table.isPresent()) {
        table.get().put(rule, until);
      }
      inForce(rule, until);
      follow(rule, until);
      doubtful.remove(rule);
    }
  }

  void lift(VisibilityRule rule) throws RulesUnavailable {
    synchronized (lock(rule)) {
      doubt(rule);
      @Nullable Long before = store.get(rule);
      if (table.isPresent()) {
        table.get().remove(rule);
      }
      try {
        inForce(rule, null);
      } catch (RulesUnavailable e) {
        if (before != null) {
          keep(rule, before);
        }
        throw e;
      }
      follow(rule, null);
      doubtful.remove(rule);
    }
  }

  /**
   * Writes the rule of the table to the store, until a read of the table after that write finds the
   * same rule. Nodes that change a rule at the same time may write the table in one order and the
   * store in the other. The last write of the store is always followed by a read of the table, so
   * no order leaves them different.
   *
   * @param written the end that this call has put in force, null if it has lifted the rule
   */
  private void follow(VisibilityRule rule, @Nullable Long written) throws RulesUnavailable {
    if (table.isEmpty()) {
      return;
    }
    @Nullable Long last = written;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      @Nullable Long kept = table.get().until(rule);
      if (Objects.equals(kept, last)) {
        return;
      }
      inForce(rule, kept);
      last = kept;
    }
    throw new RulesUnavailable("Other nodes change the rule again and again", null);
  }

  /**
   * A rule that may still be in force stays in the table, so that it still hides the user after the
   * next start.
   */
  private void keep(VisibilityRule rule, long until) {
    try {
      if (table.isPresent()) {
        table.get().put(rule, until);
      }
    } catch (RulesUnavailable e) {
      LOG.log(Level.WARNING, "A rule that is still in force is in the table no more");
    }
  }

  private void inForce(VisibilityRule rule, @Nullable Long until) throws RulesUnavailable {
    try {
      if (until == null) {
        store.remove(rule);
      } else {
        store.put(rule, until);
      }
    } catch (RuntimeException e) {
      throw new RulesUnavailable("Not every node could be reached", e);
    }
  }
}
