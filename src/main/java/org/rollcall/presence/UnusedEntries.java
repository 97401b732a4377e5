package org.rollcall.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WorkerThreads;

/**
 * The own entries that no connection uses: entries that linger until the grace is over, and entries
 * that this node left for others because it was about to leave.
 *
 * <p>Safe for many threads; a call may wait for the store.
 */
final class UnusedEntries {
  private final ConcurrentMap<PresenceEntry.Id, LocalEntry> entries;
  private final StoreWriter writer;
  private final GracePeriod grace;
  private final WorkerThreads tools;

  UnusedEntries(
      ConcurrentMap<PresenceEntry.Id, LocalEntry> entries,
      StoreWriter writer,
      GracePeriod grace,
      WorkerThreads tools) {
    this.entries = entries;
    this.writer = writer;
    this.grace = grace;
    this.tools = tools;
  }

  /** Removes an entry that lingers when a time is over, unless its user came back. */
  void expireAfter(Duration time, PresenceEntry lost) {
    // Conditional on the lingering value: a connection that is back by then has replaced it.
    tools.scheduler().run(() -> tools.workers().execute(() -> expire(lost)), time);
  }

  private void expire(PresenceEntry unused) {
    entries.computeIfPresent(
        unused.id(),
        (id, held) -> {
          if (held.isLive() || !held.entry().equals(unused)) {
            return held;
          }
          if (held.isLost()) {
            writer.removed(unused);
          } else {
            writer.removeOwn(id);
          }
          return null;
        });
  }

  /** Ends entries at once. */
  void end(Predicate<LocalEntry> which) {
    entries.values().stream()
        .filter(own -> !own.isLive() && which.test(own))
        .forEach(unused -> expire(unused.entry()));
  }

  /** Lets the entries linger that were left for others and that no other node took over. */
  void reclaim() {
    Duration time = grace.lost();
    if (time.isZero()) {
      end(LocalEntry::isReleased);
      return;
    }
    List<PresenceEntry> reclaimed = new ArrayList<>();
    for (PresenceEntry.Id id : entries.keySet()) {
      entries.computeIfPresent(
          id,
          (any, held) -> {
            @Nullable LocalEntry next = held.isReleased() ? reclaimed(held) : held;
            if (next != null && held.isReleased()) {
              reclaimed.add(next.entry());
            }
            return next;
          });
    }
    reclaimed.forEach(lost -> expireAfter(time, lost));
  }

  private @Nullable LocalEntry reclaimed(LocalEntry released) {
    @Nullable PresenceEntry stored = writer.stored(released.entry().id());
    if (stored == null || !writer.isOwn(stored) || stored.isLost()) {
      return null;
    }
    Instant now = tools.clock().instant();
    PresenceEntry lost = stored.lost(now);
    return writer.lingers(lost) ? released.with(lost) : null;
  }
}
