package org.rollcall.presence;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** This node's copy of all entries, and those that it holds itself. Safe for many threads. */
final class HeldCopy implements Copy<Entry> {
  private final Holdings holdings;
  private final PresenceStore store;
  private final Writer writer;

  HeldCopy(Holdings holdings, PresenceStore store, Writer writer) {
    this.holdings = holdings;
    this.store = store;
    this.writer = writer;
  }

  @Override
  public void forEachOwn(Consumer<Entry> visitor) {
    // Some of it perhaps twice: what was begun may stand among the holdings by now.
    writer.forEachBegun(
        entry -> {
          if (!holdings.ids().contains(entry.id())) {
            visitor.accept(entry);
          }
        });
    holdings.forEach(visitor);
  }

  @Override
  public void forEach(BiConsumer<String, Entry> visitor) {
    store.forEach(entry -> visitor.accept(entry.owner(), entry));
  }

  @Override
  public long id(Entry entry) {
    Entry.Id id = entry.id();
    // Texts keep their hashes, and a connection's is random.
    return Digest.mix(
        Digest.mix(id.topic().name().hashCode() + ((long) id.key().hashCode() << 32))
            + id.connection().hashCode());
  }

  @Override
  public long value(Entry entry) {
    long hash = Digest.mix(entry.meta().ref().hashCode() + entry.lostAt());
    return hash == Reconciler.LOOSE ? 1 : hash;
  }

  @Override
  public boolean isFirm(Entry entry) {
    // A write on a busy machine may take longer than any number of looks.
    return !entry.isLost() && !writer.isUnderWay(entry.id());
  }

  @Override
  public void write(Entry entry) {
    holdings.writeAgain(entry.id());
  }

  @Override
  public boolean settle(Entry entry) {
    return store.drop(entry);
  }
}
