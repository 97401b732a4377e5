package org.rollcall.presence;

import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry that this node owns, and the state of its connection.
 *
 * @param entry the entry as it should be in the store
 * @param state whether the connection uses the entry
 * @param liveness the connection; of a connection that has ended only the log-in is kept
 * @param tracked the handle of the connection; null if the connection has ended
 */
record LocalEntry(
    PresenceEntry entry, State state, Liveness liveness, @Nullable TrackedEntry tracked) {
  /** Why an entry is kept. */
  enum State {
    /** A connection uses it. */
    LIVE,
    /** Its connection was lost, and it lingers. */
    LOST,
    /**
     * This node, which is about to leave, has left it in the store for a user who comes back on
     * another node. Meanwhile this node repairs nothing under its id.
     */
    RELEASED
  }

  /** A connection that has ended. */
  private record Over(Optional<Principal> login) implements Liveness {
    @Override
    public boolean isOpen() {
      return false;
    }
  }

  /** Returns the entry of an open connection. */
  static LocalEntry live(PresenceEntry entry, Liveness liveness, TrackedEntry tracked) {
    return new LocalEntry(entry, State.LIVE, liveness, tracked);
  }

  /** Returns the same with another value; if that value is marked as lost, the entry lingers. */
  LocalEntry with(PresenceEntry next) {
    return next.isLost() ? over(next, State.LOST) : new LocalEntry(next, state, liveness, tracked);
  }

  /** Returns the same, left for others. */
  LocalEntry released() {
    return over(entry, State.RELEASED);
  }

  private LocalEntry over(PresenceEntry next, State then) {
    return new LocalEntry(next, then, new Over(liveness.login()), null);
  }

  /** Returns whether the connection of a handle uses this entry. */
  boolean isOf(TrackedEntry handle) {
    return tracked == handle;
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  boolean isLost() {
    return state == State.LOST;
  }

  boolean isReleased() {
    return state == State.RELEASED;
  }

  /** Returns whether the connection is closed although the entry neither ended nor lingers. */
  boolean isAbandoned() {
    return isLive() && !liveness.isOpen();
  }
}
