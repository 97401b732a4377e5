package org.rollcall.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Reconciler;
import org.rollcall.cluster.Replica;

/** This node's replica of all entries, and its own entries. Safe for many threads. */
final class EntryReplica implements Replica<PresenceEntry> {
  private final LocalEntries localEntries;
  private final PresenceStore store;
  private final StoreWriter writer;

  EntryReplica(LocalEntries localEntries, PresenceStore store, StoreWriter writer) {
    this.localEntries = localEntries;
    this.store = store;
    this.writer = writer;
  }

  @Override
  public void forEachOwn(Consumer<PresenceEntry> visitor) {
    // Some of it perhaps twice: a write that was begun may be a local entry by now.
    writer.forEachBegun(
        entry -> {
          if (!localEntries.held().contains(entry.id())) {
            visitor.accept(entry);
          }
        });
    localEntries.held().all().forEach(visitor);
  }

  @Override
  public void forEach(BiConsumer<String, PresenceEntry> visitor) {
    store.forEach(entry -> visitor.accept(entry.owner(), entry));
  }

  @Override
  public long id(PresenceEntry entry) {
    PresenceEntry.Id id = entry.id();
    // Texts keep their hashes, and a connection's is random.
    return Digest.mix(
        Digest.mix(id.topic().name().hashCode() + ((long) id.key().hashCode() << 32))
            + id.connection().hashCode());
  }

  @Override
  public long value(PresenceEntry entry) {
    long hash = Digest.mix(entry.meta().ref().hashCode() + entry.lostAt());
    return hash == Reconciler.LOOSE ? 1 : hash;
  }

  @Override
  public boolean isFirm(PresenceEntry entry) {
    // A write on a busy machine may take longer than any number of looks.
    return !entry.isLost() && !writer.isUnderWay(entry.id());
  }

  @Override
  public void write(PresenceEntry entry) {
    localEntries.writeAgain(entry.id());
  }

  /** Drops entries of some owners from this replica only. */
  void drop(Predicate<String> owner, Predicate<PresenceEntry> which) {
    Map<String, Boolean> owners = new HashMap<>();
    List<PresenceEntry> left = new ArrayList<>();
    store.forEach(
        entry -> {
          if (owners.computeIfAbsent(entry.owner(), owner::test) && which.test(entry)) {
            left.add(entry);
          }
        });
    left.forEach(store::drop);
  }

  @Override
  public boolean settle(PresenceEntry entry) {
    return store.drop(entry);
  }
}
