package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.MemoryStore;

/** This node's answers about its own entries to other nodes. */
class EntryReplicaTest {
  private static final String SELF = "node-1";
  private static final WorkerThreads TOOLS =
      new WorkerThreads(Runnable::run, Runnable::run, (task, delay) -> {}, () -> Instant.EPOCH);
  private static final PresenceEntry.Id ID = new PresenceEntry.Id(new Topic("room:a"), "ada", "1");

  private final MemoryStore store = new MemoryStore();
  private final StoreWriter writer = new StoreWriter(store, SELF);
  private final LocalEntries localEntries =
      new LocalEntries(writer, Membership.alone(SELF), GracePeriod.NONE, TOOLS);
  private final EntryReplica copy = new EntryReplica(localEntries, store, writer);
  private final List<Boolean> firmDuringWrites = new ArrayList<>();

  @Test
  void aWriteThatIsOnItsWayIsNothingThatOthersMustHave() {
    store.listen(id -> copy.forEachOwn(entry -> firmDuringWrites.add(copy.isFirm(entry))));
    TrackedEntry tracked = localEntries.open(ID, Meta.of(1, "{}"), () -> true);
    assertThat(copy.isFirm(tracked.entry())).isTrue();
    tracked.update(Meta.of(1, "{\"a\":1}"));
    assertThat(copy.isFirm(tracked.entry())).isTrue();
    tracked.end(LeaveReason.LEFT);
    assertThat(firmDuringWrites).containsExactly(false, false, false);
  }

  @Test
  void anEntryThatWaitsForAWriteIsOwnedButOthersNeedNotHaveIt() {
    PresenceEntry entry = writer.live(ID, Meta.of(1, "{}"));
    writer.begin(entry);
    List<PresenceEntry> claimed = new ArrayList<>();
    copy.forEachOwn(claimed::add);
    assertThat(claimed).containsExactly(entry);
    assertThat(copy.isFirm(entry)).isFalse();
    writer.finish(entry);
    assertThat(copy.isFirm(entry)).isTrue();
  }
}
