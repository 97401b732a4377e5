package org.rollcall.presence;

import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;

/**
 * One repair of an id: makes this node's own entry and the stored entry agree.
 *
 * <p>Used by one thread, while no other thread changes that id.
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

  /** Returns whether a repair was necessary. */
  boolean isDone() {
    return done;
  }

  /**
   * Returns this node's entry if another node that is up has stored the id as its own, else null.
   */
  @Nullable LocalEntry contested() {
    return contested;
  }

  /** Repairs an id. Returns this node's own entry there from now on, or null. */
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
