package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.testing.Await;

/** The handle of a connection whose entry ends, is taken over, or moves meanwhile. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TrackedEntryTest extends ClusteredTrackerFixture {
  private final TrackedEntry mine = clustered.track(ROOM, "ada", meta(""), () -> true);
  private final PresenceEntry.Id id = mine.id();
  private final PresenceEntry theirs = PresenceEntry.live(id, "node-2", mine.meta());
  private final List<Thread> threads = new ArrayList<>();

  private boolean repair(PresenceEntry.Id where) {
    return clustered.localEntries().repair(where);
  }

  /** Another node takes the entry over in a partition; after the merge this node finds out. */
  private void move() {
    store.put(theirs);
    assertThat(repair(id)).isTrue();
    assertThat(mine.id()).isNotEqualTo(id);
  }

  private List<PresenceEntry> held() {
    return clustered.localEntries().held().all().toList();
  }

  private List<Meta> shown() {
    executor.runAll();
    return clustered.list(ROOM).metas().getOrDefault("ada", List.of());
  }

  /** Begins a task on another thread, and returns once it waits for the handle's lock. */
  private void beginMeanwhile(Runnable task) {
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
    Await.until("waits for the lock", () -> thread.getState() == Thread.State.BLOCKED);
  }

  /** Begins a task once, in the moment in which the store has the next change. */
  private void atTheNextChange(Runnable task) {
    store.listen(
        changed -> {
          if (threads.isEmpty()) {
            beginMeanwhile(task);
          }
        });
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(threads).hasSize(1);
  }

  @Test
  void anEntryThatMovesHasAnIdAndARefOfItsOwn() {
    move();
    assertThat(held()).containsExactly(mine.entry());
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    assertThat(mine.meta().ref()).isNotEqualTo(theirs.meta().ref());
    assertThat(mine.meta().onlineAt()).isEqualTo(theirs.meta().onlineAt());
    assertThat(store.get(id)).isEqualTo(theirs);
  }

  @Test
  void anEntryThatMovedTwiceIsUpdatedAndEndedWhereItIs() {
    move();
    PresenceEntry.Id second = mine.id();
    store.put(PresenceEntry.live(second, "node-3", mine.meta()));
    members.setUp("node-1", "node-2", "node-3");
    assertThat(repair(second)).isTrue();
    mine.update(mine.meta().with("\"n\":1"));
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    mine.end(LeaveReason.LEFT);
    assertThat(held()).isEmpty();
    assertThat(shown()).hasSize(2).doesNotContain(mine.meta());
  }

  @Test
  void anEntryThatMovedLingersAndIsTakenOverWhereItIs() {
    move();
    mine.end(LeaveReason.LOST);
    executor.runAll();
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    assertThat(back.entry()).isEqualTo(mine.entry());
    pass(GRACE.lost());
    assertThat(held()).containsExactly(back.entry());
  }

  @Test
  void anEntryThatMovedIsLeftForOthersWhereItIs() {
    move();
    members.setLeaving("node-1");
    mine.end(LeaveReason.LOST);
    assertThat(held()).isEmpty();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    clustered.giveUp();
    assertThat(store.get(mine.id())).isNull();
    assertThat(store.get(id)).isEqualTo(theirs);
  }

  @Test
  void theEntryThatAConnectionMovedFromCanBeTakenOverHere() {
    move();
    PresenceEntry lost = theirs.lost(Instant.ofEpochMilli(now));
    store.put(lost);
    executor.runAll();
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    assertThat(back.id()).isEqualTo(id);
    mine.end(LeaveReason.LEFT);
    assertThat(shown()).containsExactly(back.meta());
    assertThat(held()).containsExactly(back.entry());
  }

  @Test
  void anUpdateWithTheMetaFromBeforeTheMoveKeepsTheRefOfItsOwn() {
    Meta before = mine.meta();
    move();
    mine.update(before.with(before.given()));
    assertThat(shown()).extracting(Meta::ref).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void aLateChangeOfAConnectionDoesNothingToTheOneThatIsBack() {
    mine.end(LeaveReason.LOST);
    executor.runAll();
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    assertThat(back.entry()).isEqualTo(mine.entry());
    mine.update(mine.meta().with("\"n\":1"));
    mine.end(LeaveReason.LEFT);
    assertThat(held()).containsExactly(back.entry());
    assertThat(shown()).containsExactly(back.meta());
    assertThat(mine.meta()).isEqualTo(back.meta());
  }

  @Test
  void aSecondEndDoesNotProlongTheGrace() {
    mine.end(LeaveReason.AWAY);
    mine.end(LeaveReason.LOST);
    assertThat(alarms).containsOnlyKeys(GRACE.away());
    pass(GRACE.away());
    assertThat(store.get(id)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void anEndDuringAMoveEndsTheNewEntry(LeaveReason leaveReason) throws InterruptedException {
    store.silently(() -> store.put(theirs));
    atTheNextChange(() -> mine.end(leaveReason));
    assertThat(repair(id)).isTrue();
    join();
    assertThat(mine.id()).isNotEqualTo(id);
    assertThat(held()).allMatch(PresenceEntry::isLost);
    clustered.endLingering(entry -> true);
    assertThat(shown()).containsExactly(theirs.meta());
  }

  @Test
  void anUpdateDuringAMoveChangesTheNewEntry() throws InterruptedException {
    store.silently(() -> store.put(theirs));
    atTheNextChange(() -> mine.update(meta("\"n\":1")));
    assertThat(repair(id)).isTrue();
    join();
    assertThat(held()).containsExactly(mine.entry());
    assertThat(shown()).extracting(Meta::given).containsExactlyInAnyOrder("", "\"n\":1");
  }

  @ParameterizedTest
  @EnumSource
  void aMoveThatComesAfterTheEndDoesNothing(LeaveReason leaveReason) throws InterruptedException {
    store.listen(changed -> store.silently(() -> store.put(theirs)));
    atTheNextChange(() -> repair(id));
    mine.end(leaveReason);
    join();
    assertThat(held()).isEmpty();
    assertThat(mine.id()).isEqualTo(id);
    assertThat(store.get(id)).isEqualTo(theirs);
    assertThat(shown()).containsExactly(theirs.meta());
  }

  @Test
  void twoRepairsAtOnceMoveTheEntryOnce() throws InterruptedException {
    store.silently(() -> store.put(theirs));
    atTheNextChange(() -> repair(id));
    assertThat(repair(id)).isTrue();
    join();
    assertThat(held()).containsExactly(mine.entry());
    assertThat(shown()).containsExactlyInAnyOrder(theirs.meta(), mine.meta());
  }
}
