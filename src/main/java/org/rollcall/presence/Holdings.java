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

/**
 * The entries that this node owns, as they should stand in the store: the truth that the store is
 * held against.
 *
 * <p>Every write of an own entry happens inside {@link ConcurrentMap#compute} of its id, one writer
 * at a time. So {@link #repair}, which does the same, never sees one of truth and store changed and
 * the other not yet.
 *
 * <p>The truth comes first: a store that fails in the middle of a change of the view does not fail
 * the caller, and the next repair makes up for it.
 *
 * <p>A tracked connection is named by the entry that its caller got last. After a partition its
 * entry may have to move to another id; the caller's name stays good. Safe for many threads; a call
 * may wait for the store.
 */
final class Holdings {
  private final Writer writer;
  private final Members members;
  private final ConcurrentMap<Entry.Id, Holding> entries = new ConcurrentHashMap<>();
  private final Moves moves = new Moves();

  Holdings(Writer writer, Members members) {
    this.writer = writer;
    this.members = members;
  }

  /** Holds the entry of a new connection. */
  Entry open(Entry.Id id, Meta meta, Connection connection) {
    Entry entry = writer.live(id, meta);
    writer.begin(entry);
    try {
      entries.compute(id, (any, none) -> new Holding(writer.written(entry), connection));
    } finally {
      writer.finish(entry);
    }
    return entry;
  }

  /** Tells whether a user who comes back may take an entry over: nobody else uses it any more. */
  boolean isTakeable(Entry entry) {
    return (entry.isLost() || members.isGoing(entry.owner())) && !moves.has(entry.id());
  }

  /** Takes an entry over, if it still has this very value. Returns null if it does not. */
  @Nullable Entry takeOver(Entry lingering, Meta meta, Connection connection) {
    Entry mine = writer.live(lingering.id(), meta);
    AtomicBoolean taken = new AtomicBoolean();
    writer.begin(mine);
    try {
      entries.compute(
          lingering.id(),
          (id, held) -> {
            // A live holding means that the store is behind: the entry is in use.
            boolean free = held == null || held.isLost();
            if (free && isTakeable(lingering) && writer.replaced(lingering, mine)) {
              taken.set(true);
              return new Holding(mine, connection);
            }
            return held;
          });
    } finally {
      writer.finish(mine);
    }
    return taken.get() ? mine : null;
  }

  /** Replaces what is known of a connection. Returns its name from now on. */
  Entry update(Entry name, Meta meta) {
    boolean same = meta.ref().equals(name.meta().ref());
    AtomicBoolean contested = new AtomicBoolean();
    Entry after =
        change(
            name,
            held -> {
              Entry next = held.with(same ? held.meta() : meta);
              contested.set(!writer.rewritten(held, next));
              return next;
            });
    if (after != null && contested.get()) {
      // Another node took it for a device that is back, as this node is about to go.
      boolean unused = repair(after.id());
      @Nullable Holding moved = entries.get(moves.target(after.id()));
      after = moved == null ? after : moved.entry();
    }
    moves.forget(name.id());
    return after == null ? name.with(meta) : after;
  }

  /** Removes a connection's entry. */
  void end(Entry name) {
    change(
        name,
        held -> {
          writer.removeOwn(held.id());
          return null;
        });
    moves.forget(name.id());
  }

  /**
   * Forgets a connection, if this node is about to go, and leaves its entry for a user who comes
   * back on another one. Tells whether it did.
   */
  boolean release(Entry name) {
    Entry kept = change(name, held -> members.isLeaving(members.self()) ? null : held);
    boolean released = kept == null;
    if (released) {
      moves.forget(name.id());
    }
    return released;
  }

  /** Has something done at an id if nothing is held there, and holds what comes of it, if any. */
  void ifFree(Entry.Id id, Supplier<@Nullable Holding> work) {
    entries.compute(id, (any, held) -> held == null ? work.get() : held);
  }

  /** Lets a connection's entry linger. Returns it, or null if it was another node's by now. */
  @Nullable Entry linger(Entry name, Instant now) {
    Entry lost =
        change(
            name,
            held -> {
              Entry next = held.lost(now);
              return writer.lingers(next) ? next : null;
            });
    moves.forget(name.id());
    return lost != null && lost.isLost() ? lost : null;
  }

  /** Removes a lingering entry whose time is over, unless somebody came back. */
  void expire(Entry lost) {
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

  private @Nullable Entry change(Entry name, UnaryOperator<@Nullable Entry> change) {
    while (true) {
      Entry.Id target = moves.target(name.id());
      boolean far = !target.equals(name.id());
      @Nullable Holding after =
          entries.computeIfPresent(
              target,
              (id, held) -> far || held.entry().equals(name) ? changed(held, change) : held);
      if (after != null || target.equals(moves.target(name.id()))) {
        return after == null ? null : after.entry();
      }
      // Moved between the look-up and the change.
    }
  }

  private static @Nullable Holding changed(Holding held, UnaryOperator<@Nullable Entry> change) {
    @Nullable Entry next = change.apply(held.entry());
    return next == null ? null : held.with(next);
  }

  /** Tells whether what is stored under an own entry's id seems to differ; waits for nobody. */
  boolean differs(Entry stored) {
    @Nullable Holding held = entries.get(stored.id());
    return held == null || !stored.equals(held.entry());
  }

  /** Tells whether an entry that is held seems not to be stored so; waits for nobody. */
  boolean isMissing(Entry.Id id) {
    @Nullable Holding held = entries.get(id);
    return held != null && !held.entry().equals(writer.stored(id));
  }

  /** Returns the entries that should have ended with their connections. */
  Set<Entry> abandoned() {
    return entries.values().stream()
        .filter(Holding::isAbandoned)
        .map(Holding::entry)
        .collect(Collectors.toSet());
  }

  /** Makes truth and store agree under an id. Tells whether something had to be done. */
  boolean repair(Entry.Id id) {
    HoldingRepair repair = new HoldingRepair(writer, members);
    entries.compute(id, (any, held) -> repair.repaired(id, held));
    @Nullable Holding contested = repair.contested();
    if (contested != null) {
      move(contested);
    }
    return repair.isDone();
  }

  /** Gives a live connection an id of its own, because another live node took its entry over. */
  private void move(Holding held) {
    Entry.Id id = held.entry().id();
    Meta before = held.entry().meta();
    Meta meta = Meta.of(before.onlineAt(), before.given());
    Entry own = open(new Entry.Id(id.topic(), id.key(), Ref.next()), meta, held.connection());
    // Open first: a thread that ends the connection meanwhile finds one of the two.
    @Nullable Holding after =
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
  void writeAgain(Entry.Id id) {
    if (!repair(id)) {
      entries.computeIfPresent(
          id, (any, held) -> held.isLost() ? held : held.with(writer.written(held.entry())));
    }
  }

  Set<Entry.Id> ids() {
    return entries.keySet();
  }

  /** Passes all that is held. */
  void forEach(Consumer<Entry> visitor) {
    entries.values().forEach(held -> visitor.accept(held.entry()));
  }
}
