package org.rollcall.social.rules;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * The rules that hide users, the same on every node.
 *
 * <p>A rule is in force on every node before the call that makes it returns, and is kept in a table
 * besides if there is one. Reads never wait. Safe for many threads; {@link #make} and {@link #lift}
 * wait for the database, the other nodes, and other changes of the same rule.
 */
public final class VisibilityRules {
  /** The end of a rule that has none. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long MINUTE = 60;
  private static final Logger LOG = System.getLogger(VisibilityRules.class.getName());

  private final RuleStore store;
  private final Optional<RuleTable> table;
  private final RuleWriter writes;
  private final WorkerThreads tools;
  private final RuleIndex index;

  /** When each rule with an end is checked next, in Unix seconds. */
  private final ConcurrentMap<VisibilityRule, Long> timed = new ConcurrentHashMap<>();

  private volatile boolean met;
  private final WorkQueue<String> workQueue;
  private final WorkQueue<Boolean> audits;
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Creates the rules and begins to follow the store.
   *
   * @param store the store that all nodes share
   * @param table where rules are kept for the time when no node is up
   */
  public VisibilityRules(RuleStore store, Optional<RuleTable> table, WorkerThreads tools) {
    this.store = store;
    this.table = table;
    this.writes = new RuleWriter(store, table);
    this.tools = tools;
    this.index = new RuleIndex(store);
    this.workQueue = new WorkQueue<>(tools.workers(), users -> tell(Set.copyOf(users)));
    this.audits = new WorkQueue<>(tools.workers(), any -> audit());
    // Listen before looking: a rule that is written between the two is seen twice.
    store.listen(this::look);
    index.all().forEach(this::look);
  }

  /**
   * Puts the rules of the table in force, unless another node of the running cluster has done so.
   * Called before any client is let in.
   */
  public void restore() throws RulesUnavailable {
    if (!store.isRestored()) {
      if (table.isPresent()) {
        table.get().forEach(tools.clock().instant().getEpochSecond(), store::restore);
      }
      store.restored();
    }
  }

  /** Checks every replica of the rules again. Called after each change of the view. */
  public void viewChanged() {
    audits.mark(true);
  }

  /** Notes that halves of the cluster have met. */
  public void met() {
    met = true;
  }

  private void audit() {
    index.all().forEach(this::look);
    try {
      store.assertAll();
    } catch (RuntimeException e) {
      // The view is changing again; after that there is another audit.
      LOG.log(Level.DEBUG, "Not every rule could be written again", e);
    }
    index.all().forEach(this::look);
  }

  /**
   * Reads a changed rule. Called on the store's threads, so that the index is right before the
   * write returns.
   */
  private void look(VisibilityRule rule) {
    if (!index.look(rule)) {
      return;
    }
    mark(rule);
    watch(rule);
  }

  /**
   * Checks a rule again when it ends, and each minute before, because the clock may be set. A rule
   * has one timer, and one more if its end becomes earlier.
   */
  private void watch(VisibilityRule rule) {
    @Nullable Long until = index.until(rule);
    if (until == null || until == FOREVER) {
      return;
    }
    long now = tools.clock().instant().getEpochSecond();
    long due = Math.max(now + 1, Math.min(until, now + MINUTE));
    AtomicBoolean next = new AtomicBoolean();
    timed.compute(
        rule,
        (same, before) -> {
          next.set(before == null || due < before);
          return next.get() ? due : before;
        });
    if (next.get()) {
      Duration pause = Duration.ofSeconds(due - now);
      tools.scheduler().run(() -> tools.workers().execute(() -> lookAtEnd(rule, due)), pause);
    }
  }

  private void lookAtEnd(VisibilityRule rule, long due) {
    if (!timed.remove(rule, due)) {
      // There is an earlier look.
      return;
    }
    @Nullable Long until = index.until(rule);
    if (until != null && until <= tools.clock().instant().getEpochSecond()) {
      try {
        store.remove(rule, until);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "A rule that has ended could not be removed", e);
      }
    }
    watch(rule);
  }

  private void mark(VisibilityRule rule) {
    workQueue.mark(rule.user());
    if (!rule.other().isEmpty()) {
      workQueue.mark(rule.other());
    }
  }

  private void tell(Set<String> users) {
    for (Consumer<Set<String>> listener : listeners) {
      try {
        listener.accept(users);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "A change of the rules could not be carried out", e);
      }
    }
  }

  /**
   * Reports the users about whom rules were made, were lifted or have ended.
   *
   * @param changed called by one worker at a time, after the changes, with those that came together
   */
  public void listen(Consumer<Set<String>> changed) {
    listeners.add(changed);
  }

  /** Returns whether a user is visible to nobody. */
  public boolean isHidden(String user) {
    return isInForce(VisibilityRule.hidden(user));
  }

  /** Returns whether a user is blocked. */
  public boolean isBlocked(String user) {
    return isInForce(VisibilityRule.blocked(user));
  }

  /** Returns the users who are not shown to a user, nor the user to them. */
  public Set<String> apartFrom(String user) {
    return index.apartFrom(user);
  }

  /** Returns when a user's own request to be hidden ends: {@link #FOREVER}, or Unix seconds. */
  public Optional<Long> hiddenUntil(String user) {
    return Optional.ofNullable(index.until(VisibilityRule.hidden(user)))
        .filter(until -> isInForce(VisibilityRule.hidden(user)));
  }

  /** Returns the end of a rule in force on this node, or null if there is no such rule. */
  public @Nullable Long until(VisibilityRule rule) {
    return index.until(rule);
  }

  private boolean isInForce(VisibilityRule rule) {
    @Nullable Long until = index.until(rule);
    return until != null && tools.clock().instant().getEpochSecond() < until;
  }

  /**
   * Returns whether the rule has this end both in the store and in the table, as far as this node
   * knows. Then it need not be made or lifted again.
   *
   * @param until its end, or nothing if there should be no such rule
   */
  public boolean stands(VisibilityRule rule, Optional<Long> until) {
    // A rule that one half lifted may be in force again, and is in the table no more.
    boolean sure = writes.isSure(rule) && !(met && until.isPresent());
    return sure && until.equals(Optional.ofNullable(index.until(rule)));
  }

  /**
   * Makes a rule, or gives it another end.
   *
   * @param until its end in Unix seconds, or {@link #FOREVER}
   */
  public void make(VisibilityRule rule, long until) throws RulesUnavailable {
    writes.make(rule, until);
  }

  /** Lifts a rule; does nothing if there is none. */
  public void lift(VisibilityRule rule) throws RulesUnavailable {
    writes.lift(rule);
  }
}
