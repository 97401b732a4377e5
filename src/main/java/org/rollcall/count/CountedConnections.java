package org.rollcall.count;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.rollcall.cluster.GhostDetector;
import org.rollcall.presence.Liveness;

/**
 * All connections that this node counts. Without this list a connection that was lost unnoticed
 * would be counted for ever.
 *
 * <p>Safe for many threads, but for {@link #audit}, which one worker at a time calls.
 */
final class CountedConnections {
  private static final Logger LOG = System.getLogger(CountedConnections.class.getName());

  private final ConcurrentMap<Counts.Registration, Liveness> taken = new ConcurrentHashMap<>();
  private final GhostDetector<Counts.Registration> ghostDetector = new GhostDetector<>();
  private final LongAdder repairs = new LongAdder();

  void add(Counts.Registration place, Liveness liveness) {
    taken.put(place, liveness);
  }

  void remove(Counts.Registration place) {
    taken.remove(place);
  }

  /** Closes the registrations that should have been closed with their connections. */
  void audit(Instant now) {
    Set<Counts.Registration> closed =
        taken.entrySet().stream()
            .filter(place -> !place.getValue().isOpen())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    for (Counts.Registration ghost : ghostDetector.look(closed, now)) {
      repairs.increment();
      LOG.log(
          Level.WARNING,
          "A connection was still counted after it had ended; it is removed from the count");
      ghost.close();
    }
  }

  /** Returns how many were closed by {@link #audit}. */
  long repairs() {
    return repairs.sum();
  }
}
