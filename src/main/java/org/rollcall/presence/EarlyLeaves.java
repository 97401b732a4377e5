package org.rollcall.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.rollcall.cluster.Membership;

/**
 * Ends the lingering entries of users who must not be seen any more, before their time.
 *
 * <p>Every node removes its own entries: entries whose connection is lost, and entries that it left
 * for others because it is about to go. Entries that another node left, which is gone or about to
 * go, each node drops from its own copy. Entries of a node that is dead but still in the view stay
 * until the view changes: they cannot be told from entries of connections that live.
 *
 * <p>Called by one worker at a time; waits for the store.
 */
final class EarlyLeaves {
  private final PresenceStore store;
  private final Membership members;
  private final LocalEntries localEntries;
  private final ReleasedEntries released;

  EarlyLeaves(
      PresenceStore store,
      Membership members,
      LocalEntries localEntries,
      ReleasedEntries released) {
    this.store = store;
    this.members = members;
    this.localEntries = localEntries;
    this.released = released;
  }

  /** Looks once at all entries, for any number of users. */
  void end(Predicate<PresenceEntry> which) {
    List<PresenceEntry> own = new ArrayList<>();
    List<PresenceEntry> left = new ArrayList<>();
    Map<String, Boolean> going = new HashMap<>();
    store.forEach(
        entry -> {
          if (entry.owner().equals(members.self())) {
            if ((entry.isLost() || !isHeld(entry)) && which.test(entry)) {
              own.add(entry);
            }
          } else if (going.computeIfAbsent(entry.owner(), members::isGoing) && which.test(entry)) {
            left.add(entry);
          }
        });
    // First, as it waits for nobody.
    left.forEach(store::drop);
    own.forEach(this::endOwn);
  }

  private boolean isHeld(PresenceEntry entry) {
    return localEntries.ids().contains(entry.id());
  }

  /** Does nothing to an entry that was taken over meanwhile, or is being written just now. */
  private void endOwn(PresenceEntry entry) {
    if (isHeld(entry)) {
      localEntries.expire(entry);
    } else {
      released.remove(entry.id());
    }
  }
}
