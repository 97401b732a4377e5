package org.rollcall.infinispan;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.RoundedCountStore;
import org.rollcall.presence.Topic;

/**
 * The numbers that are shown of rounded counts, in an Infinispan cache. The key is the name of a
 * topic, the value a text of three numbers: period, viewers and users.
 *
 * <p>Safe for many threads; no call waits.
 */
public final class InfinispanRoundedCountStore implements RoundedCountStore {
  private final Cache<String, String> cache;
  private final Cache<String, String> here;

  /** Returns the store of a node. */
  public static InfinispanRoundedCountStore of(InfinispanNode node) {
    return new InfinispanRoundedCountStore(node.manager().getCache(CacheConfigurations.SHOWN));
  }

  private InfinispanRoundedCountStore(Cache<String, String> cache) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  @Override
  public @Nullable Shown get(Topic topic) {
    @Nullable String text = cache.get(topic.name());
    return text == null ? null : shown(text);
  }

  @Override
  public void put(Topic topic, Shown shown) {
    // If the write fails, the next period writes again.
    CompletableFuture<String> unused = cache.putAsync(topic.name(), text(shown));
  }

  @Override
  public void forEach(BiConsumer<Topic, Shown> visitor) {
    for (Map.Entry<String, String> entry : here.entrySet()) {
      visitor.accept(new Topic(entry.getKey()), shown(entry.getValue()));
    }
  }

  @Override
  public void forget(Topic topic, Shown shown) {
    here.remove(topic.name(), text(shown));
  }

  private static String text(Shown shown) {
    Count count = shown.count();
    return shown.period() + " " + count.viewers() + " " + count.users();
  }

  private static Shown shown(String text) {
    String[] parts = text.split(" ", -1);
    return new Shown(
        Long.parseLong(parts[0]),
        new Count(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    CacheListener.add(cache, name -> changed.accept(new Topic(name)));
  }
}
