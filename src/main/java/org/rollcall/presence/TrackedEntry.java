package org.rollcall.presence;

/**
 * The handle of a tracked connection: its caller updates and ends the connection's entry by it.
 *
 * <p>It knows its present entry. If another node takes the entry over while the connection is open
 * here, as it may in a partition, the connection gets an entry with an id of its own. Callers need
 * not notice.
 *
 * <p>Its lock makes the connection's changes and the repairs of its entry one sequence, so an entry
 * does not move during a change. A thread takes this lock before it changes {@link LocalEntries},
 * never after, and one such lock at a time.
 *
 * <p>Safe for many threads. Changes wait for the store, so they are for worker threads.
 */
public final class TrackedEntry {
  private final LocalEntries localEntries;
  private volatile PresenceEntry entry;

  TrackedEntry(LocalEntries localEntries, PresenceEntry entry) {
    this.localEntries = localEntries;
    this.entry = entry;
  }

  /** Returns the connection's entry as it is now; after the end, the last one. Does not wait. */
  public PresenceEntry entry() {
    return entry;
  }

  /** Returns the meta of the connection's entry. Does not wait. */
  public Meta meta() {
    return entry.meta();
  }

  PresenceEntry.Id id() {
    return entry.id();
  }

  /** Notes the connection's entry from now on. The caller holds the lock. */
  void become(PresenceEntry next) {
    entry = next;
  }

  /**
   * Replaces the meta. Changes nothing if the client says the same as before, or after the end.
   *
   * @param meta the new meta, made by {@link Meta#with} of the present one
   */
  public synchronized void update(Meta meta) {
    localEntries.update(this, meta);
  }

  /**
   * Ends the tracking of the connection, after the grace that the reason has. A second end does
   * nothing, also if another connection has taken the entry over. If this node is about to leave,
   * the entry stays for users who come back, and the other nodes end it.
   */
  public synchronized void end(LeaveReason leaveReason) {
    localEntries.end(this, leaveReason);
  }
}
