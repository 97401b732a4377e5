package org.rollcall.infinispan;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.LogoutStore;

/**
 * Log-outs in an Infinispan cache, by their ids.
 *
 * <p>A log-out never changes, so there is nothing to decide when two halves of a cluster meet.
 */
public final class InfinispanLogoutStore implements LogoutStore {
  private final Cache<String, Logout> cache;
  private final Cache<String, Logout> here;

  InfinispanLogoutStore(Cache<String, Logout> cache) {
    this.cache = cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES);
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  @Override
  public void put(List<Logout> logouts, Duration life) {
    cache.putAll(
        logouts.stream().collect(Collectors.toMap(Logout::id, Function.identity())),
        life.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void forEach(Consumer<Logout> visitor) {
    // The container itself, as a read through the cache takes microseconds.
    cache.getAdvancedCache().getDataContainer().forEach(entry -> visitor.accept(entry.getValue()));
  }

  @Override
  public void drop(Logout logout) {
    here.remove(logout.id());
  }

  @Override
  public void listen(Consumer<Logout> written) {
    CacheListener.add(
        cache,
        id -> {
          // Null if the log-out was removed or has expired since.
          @Nullable Logout logout = here.get(id);
          if (logout != null) {
            written.accept(logout);
          }
        });
  }
}
