package org.rollcall.presence;

import java.security.Principal;
import java.util.Optional;

/**
 * An entry that this node owns, and the state of its connection.
 *
 * @param entry as it should stand in the store
 * @param state whether the connection uses the entry
 * @param liveness the connection; of one that is over only its log-in is kept
 */
record LocalEntry(PresenceEntry entry, State state, Liveness liveness) {
  /** What an entry is kept for. */
  enum State {
    /** A connection has it. */
    LIVE,
    /** Its connection was lost, and it lingers. */
    LOST,
    /**
     * This node, which is about to go, has left it in the store for a user who comes back on
     * another node. It stands for nothing else meanwhile.
     */
    RELEASED
  }

  /** A connection that is over. */
  private record Over(Optional<Principal> login) implements Liveness {
    @Override
    public boolean isOpen() {
      return false;
    }
  }

  /** Returns that of a connection that has the entry. */
  static LocalEntry live(PresenceEntry entry, Liveness liveness) {
    return new LocalEntry(entry, State.LIVE, liveness);
  }

  /** Returns the same with another value, which lingers if that says so. */
  LocalEntry with(PresenceEntry next) {
    return next.isLost() ? over(next, State.LOST) : new LocalEntry(next, state, liveness);
  }

  /** Returns the same, left for others. */
  LocalEntry released() {
    return over(entry, State.RELEASED);
  }

  /** Returns one that this node stands for again, and that nobody came back for so far. */
  LocalEntry reclaimed(PresenceEntry stored) {
    return over(stored, State.LIVE);
  }

  private LocalEntry over(PresenceEntry next, State then) {
    return new LocalEntry(next, then, new Over(liveness.login()));
  }

  /** Tells whether a caller means this entry by the value that it got last. */
  boolean isNamed(PresenceEntry name) {
    return !isReleased() && entry.equals(name);
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

  /** Tells whether the entry should have been ended, or have begun to linger. */
  boolean isAbandoned() {
    return isLive() && !liveness.isOpen();
  }
}
