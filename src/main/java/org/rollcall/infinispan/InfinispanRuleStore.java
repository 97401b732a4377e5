package org.rollcall.infinispan;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;
import org.rollcall.social.rules.RuleStore;
import org.rollcall.social.rules.VisibilityRule;

/**
 * Rules in an Infinispan cache, each with its end.
 *
 * <p>Rules have no owner. When two halves of a cluster meet, the rules of both stay. A rule that
 * was lifted in one half only is in force again, so that nobody is shown by mistake.
 */
public final class InfinispanRuleStore implements RuleStore {
  /**
   * The mark that the rules of the table were read. It is stored like a rule, but no user's id is
   * empty.
   */
  private static final VisibilityRule RESTORED = VisibilityRule.blocked("");

  private static final long LOOK_MILLIS = 20;

  /**
   * A node that read the table later than this would bring back rules that were lifted meanwhile.
   */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Cache<VisibilityRule, Long> cache;
  private final Cache<VisibilityRule, Long> here;
  private final Cache<VisibilityRule, Long> removing;
  private final Membership members;

  InfinispanRuleStore(Cache<VisibilityRule, Long> cache, Membership members) {
    this.members = members;
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.removing = CacheConfigurations.removing(cache);
  }

  @Override
  public void put(VisibilityRule rule, long until) {
    cache.put(rule, until);
  }

  @Override
  public void restore(VisibilityRule rule, long until) {
    cache.putIfAbsent(rule, until);
  }

  /**
   * Leaves the reading of the table to the senior in the view: waits until the senior has read all
   * rules or has left the view, for two minutes at most.
   */
  @Override
  public boolean isRestored() {
    long begin = System.nanoTime();
    try {
      while (!cache.containsKey(RESTORED)
          && !members.up().get(0).equals(members.self())
          && System.nanoTime() - begin < PATIENCE_NANOS) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while another node read the rules", e);
    }
    return cache.containsKey(RESTORED);
  }

  @Override
  public void restored() {
    cache.put(RESTORED, 0L);
  }

  @Override
  public void remove(VisibilityRule rule) {
    removing.remove(rule);
  }

  @Override
  public void remove(VisibilityRule rule, long until) {
    removing.remove(rule, until);
  }

  @Override
  public @Nullable Long get(VisibilityRule rule) {
    return cache.get(rule);
  }

  @Override
  public void forEach(BiConsumer<VisibilityRule, Long> visitor) {
    // The container itself, as a read through the cache takes microseconds.
    cache
        .getAdvancedCache()
        .getDataContainer()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(RESTORED)) {
                visitor.accept(entry.getKey(), entry.getValue());
              }
            });
  }

  @Override
  public void assertAll() {
    for (Map.Entry<VisibilityRule, Long> entry : here.entrySet()) {
      hold(entry.getKey(), entry.getValue());
    }
  }

  /**
   * Writes a rule to all replicas, unless this replica has it with this end no more. Returns the
   * end that its primary owner has if that is another end, else null.
   */
  private @Nullable Long hold(VisibilityRule rule, Long until) {
    // A replace comes first, and then only a rule that is still here is written: a rule that is
    // being lifted must not come back.
    if (!cache.replace(rule, until, until) && until.equals(here.get(rule))) {
      return cache.putIfAbsent(rule, until);
    }
    return null;
  }

  /**
   * Writes a rule to all replicas with the end that this replica has, even if others have another
   * end.
   */
  void prevail(VisibilityRule rule, Long until) {
    @Nullable Long other = hold(rule, until);
    if (other != null) {
      cache.replace(rule, other, until);
    }
  }

  @Override
  public void listen(Consumer<VisibilityRule> changed) {
    CacheListener.add(
        cache,
        rule -> {
          if (!rule.equals(RESTORED)) {
            changed.accept(rule);
          }
        });
  }
}
