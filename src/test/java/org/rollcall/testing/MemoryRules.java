package org.rollcall.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.social.rules.RuleStore;
import org.rollcall.social.rules.VisibilityRule;

/** Rules in a map, which tells of changes at once. */
public final class MemoryRules implements RuleStore {
  private final Map<VisibilityRule, Long> rules = new ConcurrentHashMap<>();
  private final List<Consumer<VisibilityRule>> listeners = new CopyOnWriteArrayList<>();

  private volatile Consumer<VisibilityRule> before = rule -> {};

  /** Has something done before each write, on the thread that writes. */
  public void beforeWrites(Consumer<VisibilityRule> hook) {
    before = hook;
  }

  private void tell(VisibilityRule rule) {
    listeners.forEach(listener -> listener.accept(rule));
  }

  @Override
  public void put(VisibilityRule rule, long until) {
    before.accept(rule);
    rules.put(rule, until);
    tell(rule);
  }

  @Override
  public void restore(VisibilityRule rule, long until) {
    rules.putIfAbsent(rule, until);
    tell(rule);
  }

  @Override
  public boolean isRestored() {
    return false;
  }

  @Override
  public void restored() {
    // A caller that asks again restores again.
  }

  @Override
  public void remove(VisibilityRule rule) {
    before.accept(rule);
    rules.remove(rule);
    tell(rule);
  }

  @Override
  public void remove(VisibilityRule rule, long until) {
    rules.remove(rule, until);
    tell(rule);
  }

  @Override
  public @Nullable Long get(VisibilityRule rule) {
    return rules.get(rule);
  }

  @Override
  public void forEach(BiConsumer<VisibilityRule, Long> visitor) {
    rules.forEach(visitor);
  }

  @Override
  public void assertAll() {
    // There is one copy.
  }

  @Override
  public void listen(Consumer<VisibilityRule> changed) {
    listeners.add(changed);
  }
}
