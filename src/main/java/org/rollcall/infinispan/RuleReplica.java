package org.rollcall.infinispan;

import java.util.function.Consumer;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Membership;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;

/**
 * This node's replica of the rules, without rules that are in the cache but not in force on this
 * node: these count as missing, so that they are written again. Safe for many threads.
 */
final class RuleReplica extends UnownedReplica<RuleReplica.Stored> {
  private final InfinispanRuleStore store;
  private final VisibilityRules rules;

  /** A rule with its end. */
  record Stored(VisibilityRule rule, Long until) {}

  RuleReplica(InfinispanRuleStore store, VisibilityRules rules, Membership members) {
    super(members);
    this.store = store;
    this.rules = rules;
  }

  @Override
  public void forEachOwn(Consumer<Stored> visitor) {
    store.forEach(
        (rule, until) -> {
          if (until.equals(rules.until(rule))) {
            visitor.accept(new Stored(rule, until));
          }
        });
  }

  @Override
  public long id(Stored stored) {
    VisibilityRule rule = stored.rule;
    return Digest.hash(rule.kind().name(), rule.user(), rule.other());
  }

  @Override
  public long value(Stored stored) {
    return valueOf(stored.until.toString());
  }

  @Override
  void hold(Stored stored) {
    store.prevail(stored.rule, stored.until);
  }
}
