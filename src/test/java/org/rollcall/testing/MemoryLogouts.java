package org.rollcall.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.LogoutStore;

/** Log-outs in a map, which tells of them at once; for one thread at a time. */
public final class MemoryLogouts implements LogoutStore {
  private final Map<String, Logout> logouts = new LinkedHashMap<>();
  private final List<Consumer<Logout>> listeners = new ArrayList<>();
  private boolean cut;
  private Runnable before = () -> {};
  private int writes;

  /** Lets writes fail, or no longer so. */
  public void cut(boolean on) {
    cut = on;
  }

  /** Holds a log-out, and tells nobody, as after a state transfer. */
  public void transfer(Logout logout) {
    logouts.put(logout.id(), logout);
  }

  /** Returns all that it holds. */
  public List<Logout> all() {
    return List.copyOf(logouts.values());
  }

  /** Runs something before each write. */
  public void before(Runnable write) {
    before = write;
  }

  /** Returns how often log-outs were written. */
  public int writes() {
    return writes;
  }

  @Override
  public void put(List<Logout> written, Duration life) {
    before.run();
    writes++;
    if (cut) {
      throw new IllegalStateException("Not every node could be reached");
    }
    written.forEach(this::transfer);
    written.forEach(logout -> listeners.forEach(listener -> listener.accept(logout)));
  }

  @Override
  public void forEach(Consumer<Logout> visitor) {
    all().forEach(visitor);
  }

  @Override
  public void drop(Logout logout) {
    logouts.remove(logout.id());
  }

  @Override
  public void listen(Consumer<Logout> written) {
    listeners.add(written);
  }
}
