package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The entries that end before their grace is over, and the node that ends them. */
class EndLingeringTest extends ClusteredTrackerFixture {
  private TrackedEntry mine() {
    return clustered.track(ROOM, "ada", meta(""), () -> true);
  }

  private PresenceEntry of(String owner) {
    PresenceEntry entry =
        PresenceEntry.live(new PresenceEntry.Id(ROOM, "ada", Ref.next()), owner, meta(""));
    store.put(entry);
    executor.runAll();
    return entry;
  }

  private void end() {
    clustered.endLingering(entry -> true);
  }

  /** Lets something happen between the look and the end. */
  private void endAfter(Runnable meanwhile) {
    Predicate<PresenceEntry> which =
        entry -> {
          meanwhile.run();
          return true;
        };
    clustered.endLingering(which);
  }

  @Test
  void liveEntriesStay() {
    TrackedEntry mine = mine();
    PresenceEntry theirs = of("node-2");
    end();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
  }

  @Test
  void lingeringEntriesOfThisNodeEnd() {
    TrackedEntry mine = mine();
    mine.end(LeaveReason.LOST);
    end();
    assertThat(store.get(mine.id())).isNull();
    assertThat(clustered.localEntries().held().all()).isEmpty();
  }

  @Test
  void aNodeThatIsUpEndsItsOwnLingeringEntries() {
    PresenceEntry theirs = of("node-2").lost(Instant.ofEpochMilli(now));
    store.put(theirs);
    end();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
  }

  @Test
  void entriesThatThisNodeLeftForOthersEnd() {
    TrackedEntry mine = mine();
    members.setLeaving("node-1");
    mine.end(LeaveReason.LOST);
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    end();
    assertThat(store.get(mine.id())).isNull();
  }

  @Test
  void liveEntriesOfThisNodeStayWhileItIsAboutToLeave() {
    TrackedEntry mine = mine();
    members.setLeaving("node-1");
    end();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
  }

  @Test
  void entriesOfNodesThatAreDownOrLeavingEnd() {
    PresenceEntry going = of("node-2");
    PresenceEntry gone = of("node-3");
    members.setLeaving("node-2");
    end();
    assertThat(store.get(going.id())).isNull();
    assertThat(store.get(gone.id())).isNull();
  }

  @Test
  void entriesOfADeadNodeEndOnceItIsOutOfTheView() {
    PresenceEntry theirs = of("node-2");
    end();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
    members.setUp("node-1");
    end();
    assertThat(store.get(theirs.id())).isNull();
  }

  @Test
  void aUserBackOnThisNodeMeanwhileStays() {
    TrackedEntry mine = mine();
    executor.runAll();
    mine.end(LeaveReason.LOST);
    endAfter(
        () ->
            assertThat(clustered.track(ROOM, "ada", meta(""), () -> true).id())
                .isEqualTo(mine.id()));
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    assertThat(clustered.localEntries().held().contains(mine.id())).isTrue();
  }

  @Test
  void aUserBackOnAnotherNodeMeanwhileStays() {
    TrackedEntry mine = mine();
    members.setLeaving("node-1");
    mine.end(LeaveReason.LOST);
    PresenceEntry theirs = PresenceEntry.live(mine.id(), "node-2", mine.meta());
    endAfter(() -> store.replace(mine.entry(), theirs));
    assertThat(store.get(mine.id())).isEqualTo(theirs);
  }

  @Test
  void anEntryThatWasTakenOverMeanwhileStays() {
    PresenceEntry theirs = of("node-2");
    members.setLeaving("node-2");
    endAfter(() -> clustered.track(ROOM, "ada", meta(""), () -> true));
    assertThat(store.get(theirs.id()))
        .isEqualTo(PresenceEntry.live(theirs.id(), "node-1", theirs.meta()));
  }

  @Test
  void aConnectionThatEndsMeanwhileIsNoTrouble() {
    TrackedEntry mine = mine();
    members.setLeaving("node-1");
    mine.end(LeaveReason.LOST);
    endAfter(() -> store.remove(mine.entry()));
    assertThat(store.get(mine.id())).isNull();
    assertThat(clustered.localEntries().held().all()).isEmpty();
  }
}
