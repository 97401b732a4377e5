package org.rollcall.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds ghosts: records of connections that should have ended with the connection, and have not.
 *
 * <p>When a connection closes, its record has to wait for a worker, and the worker for the store.
 * So a record is a ghost only if it has been found with a closed connection for fifteen seconds.
 *
 * <p>Called by one worker at a time.
 *
 * @param <T> the record of a connection
 */
public final class GhostDetector<T> {
  private static final Duration LATE = Duration.ofSeconds(15);

  private final Map<T, Instant> since = new HashMap<>();

  /**
   * Takes the records whose connections are closed, and returns the ghosts among them.
   *
   * @param closed all records whose connections are closed now
   */
  public List<T> look(Set<T> closed, Instant now) {
    since.keySet().retainAll(closed);
    List<T> late = new ArrayList<>(0);
    for (T each : closed) {
      Instant first = since.computeIfAbsent(each, any -> now);
      if (!now.isBefore(first.plus(LATE))) {
        late.add(each);
      }
    }
    return late;
  }
}
