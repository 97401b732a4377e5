package org.rollcall.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;

/**
 * The entries that this node owns, as they should be in the store. The store is compared with them,
 * not the other way round.
 *
 * <p>Every write of an own entry happens inside {@link ConcurrentMap#compute} of its id, one writer
 * at a time. So {@link #repair}, which does the same, never sees a change in only one of this map
 * and the store. Changes of an entry that a connection uses also hold the lock of the connection's
 * {@link TrackedEntry}, as a repair may move the entry to another id.
 *
 * <p>If the store fails during a change of the view, the change still holds here, and the next
 * repair writes it.
 *
 * <p>Safe for many threads; a call may wait for the store.
 */
final class LocalEntries {
  private final StoreWriter writer;
  private final Membership members;
  private final GracePeriod grace;
  private final WorkerThreads tools;
  private final ConcurrentMap<PresenceEntry.Id, LocalEntry> entries = new ConcurrentHashMap<>();
  private final UnusedEntries unused;

  LocalEntries(StoreWriter writer, Membership members, GracePeriod grace, WorkerThreads tools) {
    this.writer = writer;
    this.members = members;
    this.grace = grace;
    this.tools = tools;
    this.unused = new UnusedEntries(entries, writer, grace, tools);
  }

  /** Adds the entry of a new connection. */
  TrackedEntry open(PresenceEntry.Id id, Meta meta, Liveness liveness) {
    PresenceEntry entry = writer.live(id, meta);
    TrackedEntry tracked = new TrackedEntry(this, entry);
    add(LocalEntry.live(entry, liveness, tracked));
    return tracked;
  }

  private void add(LocalEntry own) {
    PresenceEntry entry = own.entry();
    writer.begin(entry);
    try {
      entries.compute(entry.id(), (any, none) -> own.with(writer.written(entry)));
    } finally {
      writer.finish(entry);
    }
  }

  /**
   * Returns whether a user who comes back may take an entry over: no connection uses it any more.
   */
  boolean isTakeable(PresenceEntry entry) {
    return entry.isLost() || members.isGoing(entry.owner());
  }

  /** Takes an entry over, if it still has this very value. Returns null if it does not. */
  @Nullable TrackedEntry takeOver(PresenceEntry lingering, Meta meta, Liveness liveness) {
    PresenceEntry mine = writer.live(lingering.id(), meta);
    TrackedEntry tracked = new TrackedEntry(this, mine);
    writer.begin(mine);
    try {
      @Nullable LocalEntry after =
          entries.compute(
              mine.id(),
              (id, held) -> {
                // A live local entry means that the store is behind: the entry is in use.
                boolean free = (held == null || !held.isLive()) && isTakeable(lingering);
                return free && writer.replaced(lingering, mine)
                    ? LocalEntry.live(mine, liveness, tracked)
                    : held;
              });
      return after != null && after.isOf(tracked) ? tracked : null;
    } finally {
      writer.finish(mine);
    }
  }

  /** Replaces the meta of a connection. The caller holds the handle's lock. */
  void update(TrackedEntry tracked, Meta meta) {
    AtomicBoolean contested = new AtomicBoolean();
    @Nullable LocalEntry after =
        change(
            tracked,
            held -> {
              PresenceEntry before = held.entry();
              // A meta that was read before a move has the ref of the entry that was taken over.
              boolean same = meta.given().equals(before.meta().given());
              PresenceEntry next = same ? before : before.with(meta);
              contested.set(!writer.rewritten(before, next));
              return held.with(next);
            });
    if (after != null) {
      tracked.become(after.entry());
    }
    if (contested.get()) {
      // Another node took it for a device that is back, as this node is about to go.
      boolean unusedAnswer = repair(tracked.id(), tracked);
    }
  }

  /** Ends a connection's entry as its reason says. The caller holds the handle's lock. */
  void end(TrackedEntry tracked, LeaveReason leaveReason) {
    Duration time = grace.after(leaveReason);
    Instant now = tools.clock().instant();
    @Nullable LocalEntry after =
        change(
            tracked,
            held -> {
              if (leaveReason != LeaveReason.LEFT && members.isLeaving(members.self())) {
                return held.released();
              }
              if (time.isZero()) {
                writer.removeOwn(held.entry().id());
                return null;
              }
              PresenceEntry lost = held.entry().lost(now);
              return writer.lingers(lost) ? held.with(lost) : null;
            });
    if (after != null && after.isLost()) {
      unused.expireAfter(time, after.entry());
    }
  }

  /** Returns the entry after a change; null if there is none, or if the connection has ended. */
  private @Nullable LocalEntry change(
      TrackedEntry tracked, UnaryOperator<@Nullable LocalEntry> change) {
    AtomicReference<@Nullable LocalEntry> after = new AtomicReference<>();
    entries.computeIfPresent(
        tracked.id(),
        (id, held) -> {
          if (!held.isOf(tracked)) {
            return held;
          }
          @Nullable LocalEntry next = change.apply(held);
          after.set(next);
          return next;
        });
    return after.get();
  }

  /** Makes this map and the store agree under an id. Returns whether a repair was necessary. */
  boolean repair(PresenceEntry.Id id) {
    @Nullable LocalEntry held = entries.get(id);
    @Nullable TrackedEntry tracked = held == null ? null : held.tracked();
    if (tracked == null) {
      return repair(id, null);
    }
    synchronized (tracked) {
      return repair(id, tracked);
    }
  }

  private boolean repair(PresenceEntry.Id id, @Nullable TrackedEntry locked) {
    LocalEntryRepair repair = new LocalEntryRepair(writer, members);
    entries.compute(id, (any, held) -> repair.repaired(id, held));
    @Nullable LocalEntry contested = repair.contested();
    // If another connection has come to use the entry meanwhile, the next repair moves it.
    if (contested != null && locked != null && contested.isOf(locked)) {
      move(contested, locked);
    }
    return repair.isDone();
  }

  /** Gives a live connection an id of its own, because another live node took its entry over. */
  private void move(LocalEntry held, TrackedEntry locked) {
    PresenceEntry.Id id = held.entry().id();
    Meta before = held.entry().meta();
    Meta meta = Meta.of(before.onlineAt(), before.given());
    PresenceEntry own = writer.live(new PresenceEntry.Id(id.topic(), id.key(), Ref.next()), meta);
    // Added first: a reader finds one of the two at each moment.
    add(held.with(own));
    locked.become(own);
    entries.remove(id, held);
  }

  /**
   * Writes an entry again, if this node owns it and its connection is open. If another live node
   * has taken it over, it is moved instead: two owners would overwrite each other for ever.
   */
  void writeAgain(PresenceEntry.Id id) {
    if (!repair(id)) {
      entries.computeIfPresent(
          id, (any, held) -> held.isLive() ? held.with(writer.written(held.entry())) : held);
    }
  }

  /** Returns a view of the entries that this node owns. */
  HeldEntries held() {
    return new HeldEntries(entries, writer);
  }

  /** Returns the entries that this node owns and that no connection uses. */
  UnusedEntries unused() {
    return unused;
  }
}
