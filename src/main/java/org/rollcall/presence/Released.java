package org.rollcall.presence;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries that this node, which is about to go, has left for users who come back on another
 * one: entries that are stored as its own, and that it holds no more.
 *
 * <p>Safe for many threads; waits for the store.
 */
final class Released {
  private final PresenceStore store;
  private final Members members;
  private final Holdings holdings;
  private final Writer writer;

  Released(PresenceStore store, Members members, Holdings holdings, Writer writer) {
    this.store = store;
    this.members = members;
    this.holdings = holdings;
    this.writer = writer;
  }

  /** Holds all of it again. Returns what that was. */
  List<Entry> reclaim() {
    List<Entry> reclaimed = new ArrayList<>();
    for (Entry entry : own()) {
      holdings.ifFree(
          entry.id(),
          () -> {
            reclaimed.add(entry);
            return Holding.released(entry);
          });
    }
    return reclaimed;
  }

  /** Removes all of it. */
  void remove() {
    own().forEach(entry -> remove(entry.id()));
  }

  /** Removes what was left under an id, if it was. */
  void remove(Entry.Id id) {
    holdings.ifFree(
        id,
        () -> {
          writer.removeOwn(id);
          return null;
        });
  }

  /** Returns what is stored as this node's and lives. Some of it may be held. */
  private List<Entry> own() {
    List<Entry> own = new ArrayList<>();
    store.forEach(
        entry -> {
          if (entry.owner().equals(members.self()) && !entry.isLost()) {
            own.add(entry);
          }
        });
    return own;
  }
}
