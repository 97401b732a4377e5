package org.rollcall.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.PresenceStore;

/**
 * A store whose writes are timed, the time that they wait for other nodes included.
 *
 * @param store does all
 * @param writes measures {@link #put}, {@link #replace} and {@link #remove}
 */
public record TimedStore(PresenceStore store, Stopwatch writes) implements PresenceStore {
  @Override
  public void put(PresenceEntry entry) {
    boolean done =
        timed(
            () -> {
              store.put(entry);
              return true;
            });
    assert done;
  }

  @Override
  public boolean replace(PresenceEntry expected, PresenceEntry next) {
    return timed(() -> store.replace(expected, next));
  }

  @Override
  public boolean remove(PresenceEntry expected) {
    return timed(() -> store.remove(expected));
  }

  private boolean timed(BooleanSupplier write) {
    long begin = writes.begin();
    boolean well = false;
    try {
      boolean done = write.getAsBoolean();
      well = true;
      return done;
    } finally {
      writes.end(begin, well);
    }
  }

  @Override
  public boolean drop(PresenceEntry expected) {
    return store.drop(expected);
  }

  @Override
  public @Nullable PresenceEntry get(PresenceEntry.Id id) {
    return store.get(id);
  }

  @Override
  public void forEach(Consumer<PresenceEntry> visitor) {
    store.forEach(visitor);
  }

  @Override
  public void listen(Consumer<PresenceEntry.Id> changed) {
    store.listen(changed);
  }
}
