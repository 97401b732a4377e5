package org.rollcall.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRules;

/**
 * Ends the lingering entries of users who must not be seen any more: users who are blocked, or
 * visible to nobody, or have logged out or were disconnected by an administrator a short while ago.
 *
 * <p>A look goes once through all entries, however many users are meant, and looks that are asked
 * for meanwhile are one. It is repeated each second for a while, for connections that were being
 * lost at the time; and after each change of the view, for what a node left that was not known to
 * be gone, or what state transfer has brought back. Safe for many threads; no call blocks, a worker
 * looks.
 */
final class EvictionTraces {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int LOOKS = 5;

  /** By then a node that was dead at the time has been found out. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** By how much the clocks of two nodes may differ. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final int MOST_REMEMBERED = 10_000;

  private final VisibilityRules rules;
  private final WorkerThreads tools;
  private final WorkQueue<Boolean> workQueue;
  private final AtomicInteger left = new AtomicInteger();
  private final Map<String, Instant> ended = new LinkedHashMap<>();

  EvictionTraces(Tracker tracker, VisibilityRules rules) {
    this.rules = rules;
    this.tools = tracker.tools();
    this.workQueue = new WorkQueue<>(tools.workers(), marks -> tracker.endLingering(this::mustEnd));
  }

  /**
   * Looks now, and again each second for a while. Called after a change of the rules or of the
   * view.
   */
  void look() {
    workQueue.mark(true);
    if (left.getAndSet(LOOKS) == 0) {
      tools.scheduler().run(this::again, AGAIN);
    }
  }

  private void again() {
    workQueue.mark(true);
    if (left.decrementAndGet() > 0) {
      tools.scheduler().run(this::again, AGAIN);
    }
  }

  /**
   * Ends what lingers of a user's connections that began before a moment. Of one long ago nothing
   * lingers but what has come since.
   */
  void ended(String user, Instant at) {
    Instant now = tools.clock().instant();
    if (at.plus(REMEMBERED).isBefore(now)) {
      return;
    }
    synchronized (ended) {
      @Nullable Instant before = ended.remove(user);
      ended.put(user, before != null && before.isAfter(at) ? before : at);
      Iterator<Instant> all = ended.values().iterator();
      for (Instant oldest = all.next();
          ended.size() > MOST_REMEMBERED || oldest.plus(REMEMBERED).isBefore(now);
          oldest = all.next()) {
        all.remove();
      }
    }
    look();
  }

  /** Tells whether an entry must not be seen, even while its owner still has it. */
  boolean isConcealed(PresenceEntry entry) {
    String user = entry.id().key();
    return rules.isBlocked(user) || (rules.isHidden(user) && !entry.id().topic().isVeiled());
  }

  private boolean mustEnd(PresenceEntry entry) {
    return isConcealed(entry) || hasEnded(entry.id().key(), entry);
  }

  private boolean hasEnded(String user, PresenceEntry entry) {
    @Nullable Instant at;
    synchronized (ended) {
      at = ended.get(user);
    }
    if (at == null || at.plus(REMEMBERED).isBefore(tools.clock().instant())) {
      return false;
    }
    // One that was lost later than that may be another log-in's.
    Instant since =
        entry.isLost()
            ? Instant.ofEpochMilli(entry.lostAt())
            : Instant.ofEpochSecond(entry.meta().onlineAt());
    return !since.isAfter(at.plus(LEEWAY));
  }
}
