package org.rollcall.presence;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all entries, shared by all nodes.
 *
 * <p>Safe for many threads. A write may wait for other nodes, so nothing here is for container,
 * selector or listener threads, but {@link #get} and {@link #forEach}, which read this node's copy.
 */
public interface PresenceStore {
  /** Writes an entry. When it returns, {@link #get} on this node answers with it. */
  void put(PresenceEntry entry);

  /** Replaces an entry if it is still this very value. Tells whether it was. */
  boolean replace(PresenceEntry expected, PresenceEntry next);

  /** Removes an entry if it is still this very value. Tells whether it was. */
  boolean remove(PresenceEntry expected);

  /**
   * Removes an entry from this node's copy only, if it is still this very value. Tells whether it
   * was. Waits for nobody, and is told of as a change.
   */
  boolean drop(PresenceEntry expected);

  /** Returns what is filed under an id, or null. */
  @Nullable PresenceEntry get(PresenceEntry.Id id);

  /** Passes every entry that is in this node's copy about now, in no order. */
  void forEach(Consumer<PresenceEntry> visitor);

  /**
   * Tells of every change on any node, after it can be read here: what was written, replaced or
   * removed under an id. May tell more often than things change, never less. Entries that arrive by
   * state transfer are not told; see {@link #forEach}.
   *
   * @param changed called on the store's own threads, concurrently; must not block
   */
  void listen(Consumer<PresenceEntry.Id> changed);
}
