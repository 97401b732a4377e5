package org.rollcall.presence;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.cluster.Membership;

/**
 * The entries that this node, which is about to go, has left for users who come back on another
 * one: entries that are stored as its own, and that it holds no more.
 *
 * <p>Safe for many threads; waits for the store.
 */
final class ReleasedEntries {
  private final PresenceStore store;
  private final Membership members;
  private final LocalEntries localEntries;
  private final StoreWriter writer;

  ReleasedEntries(
      PresenceStore store, Membership members, LocalEntries localEntries, StoreWriter writer) {
    this.store = store;
    this.members = members;
    this.localEntries = localEntries;
    this.writer = writer;
  }

  /** Holds all of it again. Returns what that was. */
  List<PresenceEntry> reclaim() {
    List<PresenceEntry> reclaimed = new ArrayList<>();
    for (PresenceEntry entry : own()) {
      localEntries.ifFree(
          entry.id(),
          () -> {
            reclaimed.add(entry);
            return LocalEntry.released(entry);
          });
    }
    return reclaimed;
  }

  /** Removes all of it. */
  void remove() {
    own().forEach(entry -> remove(entry.id()));
  }

  /** Removes what was left under an id, if it was. */
  void remove(PresenceEntry.Id id) {
    localEntries.ifFree(
        id,
        () -> {
          writer.removeOwn(id);
          return null;
        });
  }

  /** Returns what is stored as this node's and lives. Some of it may be held. */
  private List<PresenceEntry> own() {
    List<PresenceEntry> own = new ArrayList<>();
    store.forEach(
        entry -> {
          if (entry.owner().equals(members.self()) && !entry.isLost()) {
            own.add(entry);
          }
        });
    return own;
  }
}
