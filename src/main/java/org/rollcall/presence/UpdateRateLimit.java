package org.rollcall.presence;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often updates of one key are told on one topic: once in an interval. What is told then is the
 * last that was made meanwhile, so that a member who changes as fast as it may does not cost
 * everyone else as much each time.
 *
 * <p>Joins and leaves are told at once. Used with the topic's lock held.
 */
final class UpdateRateLimit {
  private final Map<String, Long> told = new LinkedHashMap<>(2);

  /**
   * Returns how long updates of a key have to wait: zero if they may be told, and then they are
   * counted as told now.
   *
   * @param now milliseconds since 1970
   */
  Duration take(String key, long now, Duration interval) {
    forget(now, interval.toMillis());
    Long last = told.get(key);
    if (last != null) {
      return interval.minusMillis(now - last);
    }
    told.put(key, now);
    return Duration.ZERO;
  }

  /** Forgets what was told longer ago than the interval, and what a clock set back makes future. */
  private void forget(long now, long interval) {
    Iterator<Long> oldest = told.values().iterator();
    while (oldest.hasNext()) {
      long last = oldest.next();
      if (last <= now && now - last < interval) {
        return;
      }
      oldest.remove();
    }
  }
}
