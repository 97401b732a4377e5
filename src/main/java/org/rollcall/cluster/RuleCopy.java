package org.rollcall.cluster;

import java.util.function.Consumer;
import org.rollcall.presence.Digest;
import org.rollcall.presence.Members;
import org.rollcall.social.Rule;
import org.rollcall.social.Rules;

/**
 * The rules that this node both has a copy of and goes by: one that it holds and does not find is
 * as good as none. Safe for many threads.
 */
final class RuleCopy extends UnownedCopy<RuleCopy.Stored> {
  private final CacheRuleStore store;
  private final Rules rules;

  /** A rule with its end. */
  record Stored(Rule rule, Long until) {}

  RuleCopy(CacheRuleStore store, Rules rules, Members members) {
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
    Rule rule = stored.rule;
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
