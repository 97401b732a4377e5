package org.rollcall.presence;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the updates of one key that are sent on one topic to one in an interval, the last of those
 * made meanwhile. So a user who sends updates as fast as allowed does not cost all others a diff
 * each time.
 *
 * <p>Joins and leaves are sent at once. Used with the topic's lock held.
 */
final class UpdateRateLimit {
  private final Map<String, Long> told = new LinkedHashMap<>(2);

  /**
   * Returns how long updates of a key have to wait: zero if they may be sent now, which is then
   * noted.
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

  /**
   * Forgets updates that were sent longer ago than the interval, and those in the future of a clock
   * that was set back.
   */
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
