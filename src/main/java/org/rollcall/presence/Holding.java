package org.rollcall.presence;

/**
 * An entry that this node owns, and what for.
 *
 * @param entry as it should stand in the store
 * @param connection whose it is; closed for good once the entry lingers
 */
record Holding(Entry entry, Connection connection) {
  private static final Connection LOST = () -> false;

  /** Returns one of an entry that nobody came back for. */
  static Holding released(Entry entry) {
    return new Holding(entry, LOST);
  }

  /** Returns the same holding of another value. */
  Holding with(Entry next) {
    return new Holding(next, next.isLost() ? LOST : connection);
  }

  boolean isLost() {
    return entry.isLost();
  }

  /** Tells whether the entry should have been ended, or have begun to linger. */
  boolean isAbandoned() {
    return !entry.isLost() && !connection.isOpen();
  }
}
