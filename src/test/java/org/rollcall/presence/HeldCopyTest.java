package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.MemoryStore;

/** What this node says of its own entries to others that ask. */
class HeldCopyTest {
  private static final String SELF = "node-1";
  private static final Entry.Id ID = new Entry.Id(new Topic("room:a"), "ada", "1");

  private final MemoryStore store = new MemoryStore();
  private final Writer writer = new Writer(store, SELF);
  private final Holdings holdings = new Holdings(writer, Members.alone(SELF));
  private final HeldCopy copy = new HeldCopy(holdings, store, writer);
  private final List<Boolean> firmDuringWrites = new ArrayList<>();

  @Test
  void aWriteThatIsOnItsWayIsNothingThatOthersMustHave() {
    store.listen(id -> copy.forEachOwn(entry -> firmDuringWrites.add(copy.isFirm(entry))));
    Entry entry = holdings.open(ID, Meta.of(1, "{}"), () -> true);
    assertThat(copy.isFirm(entry)).isTrue();
    Entry updated = holdings.update(entry, Meta.of(1, "{\"a\":1}"));
    assertThat(copy.isFirm(updated)).isTrue();
    holdings.end(updated);
    assertThat(firmDuringWrites).containsExactly(false, false, false);
  }

  @Test
  void whatHasToWaitForAnotherWriteIsStoodForButNothingThatOthersMustHave() {
    Entry entry = writer.live(ID, Meta.of(1, "{}"));
    writer.begin(entry);
    List<Entry> claimed = new ArrayList<>();
    copy.forEachOwn(claimed::add);
    assertThat(claimed).containsExactly(entry);
    assertThat(copy.isFirm(entry)).isFalse();
    writer.finish(entry);
    assertThat(copy.isFirm(entry)).isTrue();
  }
}
