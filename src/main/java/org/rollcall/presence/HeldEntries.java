package org.rollcall.presence;

import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A view of the entries that this node owns. Entries that the node has released, for another node
 * to take over, are not in it.
 *
 * <p>Safe for many threads. No call waits; each sees the entries of about this moment.
 */
final class HeldEntries {
  private final Map<PresenceEntry.Id, LocalEntry> entries;
  private final StoreWriter writer;

  HeldEntries(Map<PresenceEntry.Id, LocalEntry> entries, StoreWriter writer) {
    this.entries = entries;
    this.writer = writer;
  }

  boolean contains(PresenceEntry.Id id) {
    return isHeld(entries.get(id));
  }

  private static boolean isHeld(@Nullable LocalEntry own) {
    return own != null && !own.isReleased();
  }

  /** Returns the entries as they should stand in the store. */
  Stream<PresenceEntry> all() {
    return entries.values().stream().filter(HeldEntries::isHeld).map(LocalEntry::entry);
  }

  /** Returns whether the stored value of an own entry seems to differ. */
  boolean differs(PresenceEntry stored) {
    @Nullable LocalEntry own = entries.get(stored.id());
    return own == null || own.isReleased() || !stored.equals(own.entry());
  }

  /** Returns the ids of entries whose stored value seems to be missing or to differ. */
  Collection<PresenceEntry.Id> missing() {
    return all()
        .filter(entry -> !entry.equals(writer.stored(entry.id())))
        .map(PresenceEntry::id)
        .toList();
  }

  /** Returns the handles whose entries should have ended with their connections. */
  Set<TrackedEntry> abandoned() {
    return entries.values().stream()
        .filter(LocalEntry::isAbandoned)
        .map(LocalEntry::tracked)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Returns the keys of all own entries whose log-in matches, also of those left for others. */
  Set<String> keys(Predicate<Principal> login) {
    return entries.values().stream()
        .filter(own -> own.liveness().login().filter(login).isPresent())
        .map(own -> own.entry().id().key())
        .collect(Collectors.toSet());
  }
}
