package org.rollcall.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.PresenceStore;

/** Entries in a map, which tells of changes at once. */
public final class MemoryStore implements PresenceStore {
  private final Map<PresenceEntry.Id, PresenceEntry> entries = new ConcurrentHashMap<>();
  private final List<Consumer<PresenceEntry.Id>> listeners = new ArrayList<>();
  private boolean silent;
  private boolean failing;
  private Runnable first = () -> {};
  private Runnable after = () -> {};
  private final AtomicInteger passes = new AtomicInteger();

  @Override
  public void put(PresenceEntry entry) {
    entries.put(entry.id(), entry);
    tell(entry.id());
  }

  @Override
  public boolean replace(PresenceEntry expected, PresenceEntry next) {
    Runnable earlier = first;
    first = () -> {};
    earlier.run();
    boolean replaced = entries.replace(expected.id(), expected, next);
    if (replaced) {
      tell(expected.id());
    }
    return replaced;
  }

  @Override
  public boolean remove(PresenceEntry expected) {
    boolean removed = entries.remove(expected.id(), expected);
    if (removed) {
      tell(expected.id());
    }
    return removed;
  }

  @Override
  public boolean drop(PresenceEntry expected) {
    return remove(expected);
  }

  private void tell(PresenceEntry.Id id) {
    if (!silent) {
      listeners.forEach(listener -> listener.accept(id));
    }
  }

  /** Does something while nothing can be read. */
  public void failing(Runnable task) {
    failing = true;
    task.run();
    failing = false;
  }

  /** Does something once, right before the next entry is replaced. */
  public void beforeReplacing(Runnable task) {
    first = task;
  }

  /** Does something once, right after all entries were looked through the next time. */
  public void afterPass(Runnable task) {
    after = task;
  }

  /** Changes something without telling of it. */
  public void silently(Runnable change) {
    silent = true;
    change.run();
    silent = false;
  }

  @Override
  public @Nullable PresenceEntry get(PresenceEntry.Id id) {
    if (failing) {
      throw new IllegalStateException("The store fails, as the test asked");
    }
    return entries.get(id);
  }

  /** Returns how often all entries were looked through. */
  public int passes() {
    return passes.get();
  }

  @Override
  public void forEach(Consumer<PresenceEntry> visitor) {
    passes.incrementAndGet();
    List.copyOf(entries.values()).forEach(visitor);
    Runnable next = after;
    after = () -> {};
    next.run();
  }

  @Override
  public void listen(Consumer<PresenceEntry.Id> changed) {
    listeners.add(changed);
  }
}
