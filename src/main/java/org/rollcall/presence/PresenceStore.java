package org.rollcall.presence;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of all entries, shared by all nodes.
 *
 * <p>Safe for many threads. A write may wait for other nodes, so container, selector and listener
 * threads may call only {@link #get} and {@link #forEach}, which read this node's replica.
 */
public interface PresenceStore {
  /** Writes an entry. When it returns, {@link #get} on this node answers with it. */
  void put(PresenceEntry entry);

  /** Replaces an entry if it is still this very value. Returns whether it was. */
  boolean replace(PresenceEntry expected, PresenceEntry next);

  /** Removes an entry if it is still this very value. Returns whether it was. */
  boolean remove(PresenceEntry expected);

  /**
   * Removes an entry from this node's replica only, if it is still this very value. Returns whether
   * it was. Does not wait. Listeners get it as a change.
   */
  boolean drop(PresenceEntry expected);

  /** Returns the entry with an id, or null. */
  @Nullable PresenceEntry get(PresenceEntry.Id id);

  /** Passes every entry that is in this node's replica at about this moment, in no order. */
  void forEach(Consumer<PresenceEntry> visitor);

  /**
   * Reports the id of each entry that any node has written, replaced or removed, after the change
   * can be read here. May report an id more often than it changes, never less. Entries that arrive
   * by state transfer are not reported; see {@link #forEach}.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<PresenceEntry.Id> changed);
}
