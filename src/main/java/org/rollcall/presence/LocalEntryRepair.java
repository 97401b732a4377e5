package org.rollcall.presence;

import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;

/**
 * One look at an id, that makes what this node holds and what is stored agree.
 *
 * <p>Used by one thread, with nobody else at that id.
 */
final class LocalEntryRepair {
  private final StoreWriter writer;
  private final Membership members;
  private boolean done;
  private @Nullable LocalEntry contested;

  LocalEntryRepair(StoreWriter writer, Membership members) {
    this.writer = writer;
    this.members = members;
  }

  /** Tells whether something had to be done. */
  boolean isDone() {
    return done;
  }

  /** Returns what this node holds and another live node has stored as its own, if anything. */
  @Nullable LocalEntry contested() {
    return contested;
  }

  /** Looks at an id. Returns what this node holds there from now on. */
  @Nullable LocalEntry repaired(PresenceEntry.Id id, @Nullable LocalEntry held) {
    @Nullable PresenceEntry stored = writer.stored(id);
    if (held == null || held.isReleased()) {
      if (members.isLeaving(members.self())) {
        // The entries that a node that goes has released are for users who come back.
        return held;
      }
      done = stored != null && writer.isOwn(stored) && writer.removed(stored);
      return null;
    }
    if (held.entry().equals(stored)) {
      return held;
    }
    if (stored != null && !writer.isOwn(stored)) {
      return contest(held, stored);
    }
    if (stored == null && held.isLost()) {
      // Taken over and ended by another node, or cleaned up: not to be raised from the dead.
      return null;
    }
    done = true;
    return held.with(writer.written(held.entry()));
  }

  private @Nullable LocalEntry contest(LocalEntry held, PresenceEntry stored) {
    if (held.isLost()) {
      return null;
    }
    done = true;
    boolean free = stored.isLost() || members.isGoing(stored.owner());
    if (!free || !writer.replaced(stored, held.entry())) {
      contested = held;
    }
    return held;
  }
}
