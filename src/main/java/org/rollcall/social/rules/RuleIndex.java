package org.rollcall.social.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the store in memory, by rule and by user, for fast reads.
 *
 * <p>Safe for many threads; no call blocks. One writer at a time takes over the value that the
 * store has at that moment. So the last value is the right one, in any order of the store's events.
 */
final class RuleIndex {
  private final RuleStore store;
  private final Map<VisibilityRule, Long> rules = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> apart = new ConcurrentHashMap<>();

  RuleIndex(RuleStore store) {
    this.store = store;
  }

  @Nullable Long until(VisibilityRule rule) {
    return rules.get(rule);
  }

  /** Returns a copy of the users who are not shown to a user. */
  Set<String> apartFrom(String user) {
    return Set.copyOf(apart.getOrDefault(user, Set.of()));
  }

  /** Reads a rule from the store. Returns whether it has changed. */
  synchronized boolean look(VisibilityRule rule) {
    @Nullable Long now = store.get(rule);
    @Nullable Long before = now == null ? rules.remove(rule) : rules.put(rule, now);
    if (rule.kind() == VisibilityRule.Kind.APART) {
      part(rule.user(), rule.other(), now != null);
      part(rule.other(), rule.user(), now != null);
    }
    return !Objects.equals(before, now);
  }

  private void part(String user, String other, boolean hide) {
    apart.compute(
        user,
        (id, others) -> {
          Set<String> all = others == null ? ConcurrentHashMap.newKeySet(2) : others;
          if (hide) {
            all.add(other);
          } else {
            all.remove(other);
          }
          return all.isEmpty() ? null : all;
        });
  }

  /** Returns every rule that is known here or stored. */
  List<VisibilityRule> all() {
    List<VisibilityRule> all = new ArrayList<>(rules.keySet());
    store.forEach(
        (rule, until) -> {
          if (!rules.containsKey(rule)) {
            all.add(rule);
          }
        });
    return all;
  }
}
