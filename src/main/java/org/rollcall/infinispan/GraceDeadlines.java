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
 * Until when each node that is DOWN still counts. The nodes that saw it UP write the deadline, and
 * nodes that start later read it. Without it each node would begin a grace of its own and drop the
 * counts at another time, although the counts of several nodes make sense only together.
 *
 * <p>The deadlines are in the cache of the {@link NodeRegistry}, which skips their keys.
 *
 * <p>Called by one worker at a time; waits for nobody.
 */
final class GraceDeadlines {
  /** How the keys of deadlines begin: a part of the caches' layout. */
  private static final String PREFIX = "gone ";

  /** A deadline is kept for so long after it has passed, for nodes that start then. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Cache<String, String> cache;
  private final Cache<String, String> here;

  GraceDeadlines(Cache<String, String> cache) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  static boolean isOne(String key) {
    return key.startsWith(PREFIX);
  }

  /** Returns until when a node that is DOWN counts, if a node has written it. */
  Optional<Instant> of(String node) {
    @Nullable String millis = cache.get(PREFIX + node);
    return Optional.ofNullable(millis).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  /**
   * Writes for all nodes until when a node that is DOWN now counts. Does not wait. If the write
   * fails, each node uses a deadline of its own.
   */
  void agree(String node, Instant end, Instant now) {
    Duration kept = Duration.between(now, end).plus(REMEMBERED);
    CompletableFuture<String> unused =
        cache.putAsync(
            PREFIX + node,
            Long.toString(end.toEpochMilli()),
            kept.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Removes from this replica the deadlines of nodes that are UP again. */
  void forget(Collection<String> up) {
    List.copyOf(here.keySet()).stream()
        .filter(key -> isOne(key) && up.contains(key.substring(PREFIX.length())))
        .forEach(here::remove);
  }
}
