package org.rollcall.presence;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;

/**
 * The entries that this node owns, as they should stand in the store: the truth that the store is
 * held against.
 *
 * <p>Every write of an own entry happens inside {@link ConcurrentMap#compute} of its id, one writer
 * at a time. So {@link #repair}, which does the same, never sees one of truth and store changed and
 * the other not yet.
 *
 * <p>The truth comes first: a store that fails in the middle of a change of the view does not fail
 * the caller, and the next repair makes up for it. A tracked connection is named by the entry that
 * its caller got last; the name stays good if a partition moves the entry to another id.
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

  /** Holds the entry of a new connection. */
  PresenceEntry open(PresenceEntry.Id id, Meta meta, Liveness liveness) {
    PresenceEntry entry = writer.live(id, meta);
    writer.begin(entry);
    try {
      entries.compute(id, (any, none) -> new LocalEntry(writer.written(entry), liveness));
    } finally {
      writer.finish(entry);
    }
    return entry;
  }

  /** Tells whether a user who comes back may take an entry over: nobody else uses it any more. */
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
            boolean free = held == null || held.isLost();
            if (free && isTakeable(lingering) && writer.replaced(lingering, mine)) {
              taken.set(true);
              return new LocalEntry(mine, liveness);
            }
            return held;
          });
    } finally {
      writer.finish(mine);
    }
    return taken.get() ? mine : null;
  }

  /** Replaces what is known of a connection. Returns its name from now on. */
  PresenceEntry update(PresenceEntry name, Meta meta) {
    boolean same = meta.ref().equals(name.meta().ref());
    AtomicBoolean contested = new AtomicBoolean();
    PresenceEntry after =
        change(
            name,
            held -> {
              PresenceEntry next = held.with(same ? held.meta() : meta);
              contested.set(!writer.rewritten(held, next));
              return next;
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
          writer.removeOwn(held.id());
          return null;
        });
    moves.forget(name.id());
  }

  /** If this node is about to go, leaves a connection's entry for others. Tells whether it did. */
  boolean release(PresenceEntry name) {
    PresenceEntry kept = change(name, held -> members.isLeaving(members.self()) ? null : held);
    boolean released = kept == null;
    if (released) {
      moves.forget(name.id());
    }
    return released;
  }

  /** Has something done at an id if nothing is held there, and holds what comes of it, if any. */
  void ifFree(PresenceEntry.Id id, Supplier<@Nullable LocalEntry> work) {
    entries.compute(id, (any, held) -> held == null ? work.get() : held);
  }

  /** Lets a connection's entry linger. Returns it, or null if it was another node's by now. */
  @Nullable PresenceEntry linger(PresenceEntry name, Instant now) {
    PresenceEntry lost =
        change(
            name,
            held -> {
              PresenceEntry next = held.lost(now);
              return writer.lingers(next) ? next : null;
            });
    moves.forget(name.id());
    return lost != null && lost.isLost() ? lost : null;
  }

  /** Removes a lingering entry whose time is over, unless somebody came back. */
  void expire(PresenceEntry lost) {
    entries.computeIfPresent(
        lost.id(),
        (id, held) -> {
          if (!held.entry().equals(lost) || !held.isLost()) {
            return held;
          }
          writer.removed(lost);
          return null;
        });
  }

  private @Nullable PresenceEntry change(
      PresenceEntry name, UnaryOperator<@Nullable PresenceEntry> change) {
    while (true) {
      PresenceEntry.Id target = moves.target(name.id());
      boolean far = !target.equals(name.id());
      @Nullable LocalEntry after =
          entries.computeIfPresent(
              target,
              (id, held) -> far || held.entry().equals(name) ? changed(held, change) : held);
      if (after != null || target.equals(moves.target(name.id()))) {
        return after == null ? null : after.entry();
      }
      // Moved between the look-up and the change.
    }
  }

  private static @Nullable LocalEntry changed(
      LocalEntry held, UnaryOperator<@Nullable PresenceEntry> change) {
    @Nullable PresenceEntry next = change.apply(held.entry());
    return next == null ? null : held.with(next);
  }

  /** Tells whether what is stored under an own entry's id seems to differ; waits for nobody. */
  boolean differs(PresenceEntry stored) {
    @Nullable LocalEntry held = entries.get(stored.id());
    return held == null || !stored.equals(held.entry());
  }

  /** Tells whether an entry that is held seems not to be stored so; waits for nobody. */
  boolean isMissing(PresenceEntry.Id id) {
    @Nullable LocalEntry held = entries.get(id);
    return held != null && !held.entry().equals(writer.stored(id));
  }

  /** Returns the entries that should have ended with their connections. */
  Set<PresenceEntry> abandoned() {
    return entries.values().stream()
        .filter(LocalEntry::isAbandoned)
        .map(LocalEntry::entry)
        .collect(Collectors.toSet());
  }

  /** Makes truth and store agree under an id. Tells whether something had to be done. */
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
   * Writes an entry again, if it is held and its connection lives. One that another live node has
   * taken over is moved instead: two owners that wrote again for each other would never end.
   */
  void writeAgain(PresenceEntry.Id id) {
    if (!repair(id)) {
      entries.computeIfPresent(
          id, (any, held) -> held.isLost() ? held : held.with(writer.written(held.entry())));
    }
  }

  Set<PresenceEntry.Id> ids() {
    return entries.keySet();
  }

  /** Passes all that is held. */
  void forEach(Consumer<PresenceEntry> visitor) {
    entries.values().forEach(held -> visitor.accept(held.entry()));
  }
}
