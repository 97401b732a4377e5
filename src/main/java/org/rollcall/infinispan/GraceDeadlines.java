package org.rollcall.infinispan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;

/**
 * The times until which removed nodes count. The nodes that saw them go write these times for nodes
 * that start later. Without them each node would begin a grace of its own and drop counts at
 * another time, although the nodes' counts only make sense together.
 *
 * <p>They stand in the cache of the {@link NodeRegistry}, which keeps out of their way.
 *
 * <p>Called by one worker at a time; waits for nobody.
 */
final class GraceDeadlines {
  private static final String GONE = "gone ";

  /** A deadline that is over still says so to one who starts. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Cache<String, String> cache;
  private final Cache<String, String> here;

  GraceDeadlines(Cache<String, String> cache) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  static boolean isOne(String key) {
    return key.startsWith(GONE);
  }

  /** Returns until when a node that is gone counts, if somebody has said so. */
  Optional<Instant> of(String node) {
    @Nullable String millis = cache.get(GONE + node);
    return Optional.ofNullable(millis).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  /** Tells all nodes until when a node counts that is gone now. A lost word is no harm. */
  void agree(String node, Instant end, Instant now) {
    Duration kept = Duration.between(now, end).plus(REMEMBERED);
    CompletableFuture<String> unused =
        cache.putAsync(
            GONE + node, Long.toString(end.toEpochMilli()), kept.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Forgets the deadlines of nodes that are back. */
  void forget(Collection<String> up) {
    List.copyOf(here.keySet()).stream()
        .filter(key -> isOne(key) && up.contains(key.substring(GONE.length())))
        .forEach(here::remove);
  }
}
