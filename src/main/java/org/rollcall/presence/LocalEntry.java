package org.rollcall.presence;

/**
 * An entry that this node owns, and what for.
 *
 * @param entry as it should stand in the store
 * @param liveness whose it is; closed for good once the entry lingers
 */
record LocalEntry(PresenceEntry entry, Liveness liveness) {
  private static final Liveness LOST = () -> false;

  /** Returns one of an entry that nobody came back for. */
  static LocalEntry released(PresenceEntry entry) {
    return new LocalEntry(entry, LOST);
  }

  /** Returns the same with another value. */
  LocalEntry with(PresenceEntry next) {
    return new LocalEntry(next, next.isLost() ? LOST : liveness);
  }

  boolean isLost() {
    return entry.isLost();
  }

  /** Tells whether the entry should have been ended, or have begun to linger. */
  boolean isAbandoned() {
    return !entry.isLost() && !liveness.isOpen();
  }
}
