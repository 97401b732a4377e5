package org.rollcall.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;

/**
 * The entries that this node owns, as they should be in the store. The store is compared with them,
 * not the other way round.
 *
 * <p>Every write of an own entry happens inside {@link ConcurrentMap#compute} of its id, one writer
 * at a time. So {@link #repair}, which does the same, never sees a change in only one of this map
 * and the store.
 *
 * <p>If the store fails during a change of the view, the change still holds here, and the next
 * repair writes it. A caller names a connection by the entry that it got last. The name stays valid
 * if a partition moves the entry to another id.
 *
 * <p>Safe for many threads; a call may wait for the store.
 */
final class LocalEntries {
  private final StoreWriter writer;
  private final Membership members;
  private final ConcurrentMap<PresenceEntry.Id, LocalEntry> entries = new ConcurrentHashMap<>();
  private final MovedEntries moves = new MovedEntries();

  LocalEntries(StoreWriter writer, Membership members) {
    this.writer = writer;
    this.members = members;
  }

  /** Adds the entry of a new connection. */
  PresenceEntry open(PresenceEntry.Id id, Meta meta, Liveness liveness) {
    PresenceEntry entry = writer.live(id, meta);
    writer.begin(entry);
    try {
      entries.compute(id, (any, none) -> LocalEntry.live(writer.written(entry), liveness));
    } finally {
      writer.finish(entry);
    }
    return entry;
  }

  /** Tells whether a user who comes back may take an entry over: no connection uses it any more. */
  boolean isTakeable(PresenceEntry entry) {
    return (entry.isLost() || members.isGoing(entry.owner())) && !moves.has(entry.id());
  }

  /** Takes an entry over, if it still has this very value. Returns null if it does not. */
  @Nullable PresenceEntry takeOver(PresenceEntry lingering, Meta meta, Liveness liveness) {
    PresenceEntry mine = writer.live(lingering.id(), meta);
    AtomicBoolean taken = new AtomicBoolean();
    writer.begin(mine);
    try {
      entries.compute(
          lingering.id(),
          (id, held) -> {
            // A live local entry means that the store is behind: the entry is in use.
            boolean free = held == null || !held.isLive();
            if (free && isTakeable(lingering) && writer.replaced(lingering, mine)) {
              taken.set(true);
              return LocalEntry.live(mine, liveness);
            }
            return held;
          });
    } finally {
      writer.finish(mine);
    }
    return taken.get() ? mine : null;
  }

  /** Replaces the meta of a connection. Returns the connection's name from now on. */
  PresenceEntry update(PresenceEntry name, Meta meta) {
    boolean same = meta.ref().equals(name.meta().ref());
    AtomicBoolean contested = new AtomicBoolean();
    PresenceEntry after =
        change(
            name,
            held -> {
              PresenceEntry next = held.entry().with(same ? held.entry().meta() : meta);
              contested.set(!writer.rewritten(held.entry(), next));
              return held.with(next);
            });
    if (after != null && contested.get()) {
      // Another node took it for a device that is back, as this node is about to go.
      boolean unused = repair(after.id());
      @Nullable LocalEntry moved = entries.get(moves.target(after.id()));
      after = moved == null ? after : moved.entry();
    }
    moves.forget(name.id());
    return after == null ? name.with(meta) : after;
  }

  /** Removes a connection's entry. */
  void end(PresenceEntry name) {
    change(
        name,
        held -> {
          writer.removeOwn(held.entry().id());
          return null;
        });
    moves.forget(name.id());
  }

  /** If this node is leaving, leaves a connection's entry for others. Tells whether it did. */
  boolean release(PresenceEntry name) {
    AtomicBoolean kept = new AtomicBoolean();
    change(
        name,
        held -> {
          kept.set(!members.isLeaving(members.self()));
          return kept.get() ? held : held.released();
        });
    if (!kept.get()) {
      moves.forget(name.id());
    }
    return !kept.get();
  }

  /** Owns the entries again that were left for others and that no node took. Returns them. */
  List<PresenceEntry> reclaim() {
    List<PresenceEntry> reclaimed = new ArrayList<>();
    for (PresenceEntry.Id id : entries.keySet()) {
      entries.computeIfPresent(
          id,
          (any, held) -> {
            if (!held.isReleased()) {
              return held;
            }
            @Nullable PresenceEntry stored = writer.stored(id);
            if (stored == null || !writer.isOwn(stored) || stored.isLost()) {
              return null;
            }
            reclaimed.add(stored);
            return held.reclaimed(stored);
          });
    }
    return reclaimed;
  }

  /** Ends at once entries that no connection uses: they linger, or were left for others. */
  void endUnused(Predicate<LocalEntry> which) {
    entries.values().stream()
        .filter(own -> !own.isLive() && which.test(own))
        .forEach(unused -> expire(unused.entry()));
  }

  /** Lets a connection's entry linger. Returns it, or null if another node has taken it over. */
  @Nullable PresenceEntry linger(PresenceEntry name, Instant now) {
    PresenceEntry lost =
        change(
            name,
            held -> {
              PresenceEntry next = held.entry().lost(now);
              return writer.lingers(next) ? held.with(next) : null;
            });
    moves.forget(name.id());
    return lost != null && lost.isLost() ? lost : null;
  }

  /** Removes an entry that no connection uses, unless its user came back. */
  void expire(PresenceEntry unused) {
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

  private @Nullable PresenceEntry change(
      PresenceEntry name, UnaryOperator<@Nullable LocalEntry> change) {
    while (true) {
      PresenceEntry.Id target = moves.target(name.id());
      boolean far = !target.equals(name.id());
      @Nullable LocalEntry after =
          entries.computeIfPresent(
              target, (id, held) -> far || held.isNamed(name) ? change.apply(held) : held);
      if (after != null || target.equals(moves.target(name.id()))) {
        return after == null ? null : after.entry();
      }
      // Moved between the look-up and the change.
    }
  }

  /** Makes this map and the store agree under an id. Tells whether a repair was necessary. */
  boolean repair(PresenceEntry.Id id) {
    LocalEntryRepair repair = new LocalEntryRepair(writer, members);
    entries.compute(id, (any, held) -> repair.repaired(id, held));
    @Nullable LocalEntry contested = repair.contested();
    if (contested != null) {
      move(contested);
    }
    return repair.isDone();
  }

  /** Gives a live connection an id of its own, because another live node took its entry over. */
  private void move(LocalEntry held) {
    PresenceEntry.Id id = held.entry().id();
    Meta before = held.entry().meta();
    Meta meta = Meta.of(before.onlineAt(), before.given());
    PresenceEntry own =
        open(new PresenceEntry.Id(id.topic(), id.key(), Ref.next()), meta, held.liveness());
    // Open first: a thread that ends the connection meanwhile finds one of the two.
    @Nullable LocalEntry after =
        entries.computeIfPresent(
            id,
            (any, now) -> {
              if (!now.equals(held)) {
                return now;
              }
              moves.add(id, own.id());
              return null;
            });
    if (after != null || !moves.has(id, own.id())) {
      end(own);
    }
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
}
