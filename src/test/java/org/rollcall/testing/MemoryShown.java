package org.rollcall.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.RoundedCountStore;
import org.rollcall.presence.Topic;

/** The shown numbers of counts in a map, which reports changes at once. */
public final class MemoryShown implements RoundedCountStore {
  private final Map<Topic, Shown> shown = new ConcurrentHashMap<>();
  private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public @Nullable Shown get(Topic topic) {
    return shown.get(topic);
  }

  @Override
  public void put(Topic topic, Shown decided) {
    shown.put(topic, decided);
    listeners.forEach(listener -> listener.accept(topic));
  }

  @Override
  public void forEach(BiConsumer<Topic, Shown> visitor) {
    shown.forEach(visitor);
  }

  @Override
  public void forget(Topic topic, Shown decided) {
    shown.remove(topic, decided);
  }

  /** Returns how many topics are kept. */
  public int size() {
    return shown.size();
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    listeners.add(changed);
  }
}
