package org.rollcall.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Ends before its time what lingers of those who are to be seen no more.
 *
 * <p>Every node ends its own entries, and drops from its own copy what nodes that are gone left.
 * Called by one worker at a time; waits for the store.
 */
final class Endings {
  private final PresenceStore store;
  private final Members members;
  private final Holdings holdings;

  Endings(PresenceStore store, Members members, Holdings holdings) {
    this.store = store;
    this.members = members;
    this.holdings = holdings;
  }

  /** Looks once at all that is stored, whatever the number of those who are meant. */
  void end(Predicate<Entry> which) {
    List<Entry> own = new ArrayList<>();
    List<Entry> left = new ArrayList<>();
    store.forEach(
        entry -> {
          if (entry.owner().equals(members.self())) {
            if (entry.isLost() && which.test(entry)) {
              own.add(entry);
            }
          } else if (!members.isUp(entry.owner()) && which.test(entry)) {
            left.add(entry);
          }
        });
    // First, as it waits for nobody.
    left.forEach(store::drop);
    own.forEach(holdings::expire);
  }
}
