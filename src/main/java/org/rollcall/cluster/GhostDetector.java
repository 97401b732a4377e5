package org.rollcall.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what should have ended with its connection and has not: a ghost in the making.
 *
 * <p>A connection that has just closed waits for a worker, and the worker for the store, so nothing
 * is taken for abandoned until it has been seen so for fifteen seconds.
 *
 * <p>Called by one worker at a time.
 *
 * @param <T> what is kept for connections
 */
public final class GhostDetector<T> {
  private static final Duration LATE = Duration.ofSeconds(15);

  private final Map<T, Instant> since = new HashMap<>();

  /**
   * Looks at what is kept for connections that are closed, and returns what has been for too long.
   *
   * @param closed all that is kept so now
   */
  public List<T> look(Set<T> closed, Instant now) {
    since.keySet().retainAll(closed);
    List<T> late = new ArrayList<>(0);
    for (T thing : closed) {
      Instant first = since.computeIfAbsent(thing, any -> now);
      if (!now.isBefore(first.plus(LATE))) {
        late.add(thing);
      }
    }
    return late;
  }
}
