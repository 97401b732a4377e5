package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An own entry that a connection has, that lingers, or that was left for others. */
class LocalEntryStatesTest extends ClusteredTrackerFixture {
  private static final Principal DESK = () -> "desk";

  private final Liveness connection =
      new Liveness() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public Optional<Principal> login() {
          return Optional.of(DESK);
        }
      };
  private final TrackedEntry mine = clustered.track(ROOM, "ada", meta(""), connection);

  private void release() {
    members.setLeaving("node-1");
    mine.end(LeaveReason.LOST);
  }

  private List<PresenceEntry> held() {
    return clustered.localEntries().held().all().toList();
  }

  private Set<String> keys() {
    return clustered.keys(login -> login.equals(DESK));
  }

  /** Another node takes what this one left. */
  private PresenceEntry takenOver() {
    PresenceEntry theirs = PresenceEntry.live(mine.id(), "node-2", mine.meta());
    assertThat(store.replace(mine.entry(), theirs)).isTrue();
    executor.runAll();
    return theirs;
  }

  @Test
  void aReleasedEntryIsStoredButThisNodeDoesNotStandForIt() {
    release();
    List<PresenceEntry> claimed = new ArrayList<>();
    clustered.replica().forEachOwn(claimed::add);
    assertThat(claimed).isEmpty();
    assertThat(held()).isEmpty();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
  }

  @Test
  void aReleasedEntryIsNotWrittenAgain() {
    release();
    store.silently(() -> store.remove(mine.entry()));
    clustered.replica().write(mine.entry());
    assertThat(store.get(mine.id())).isNull();
  }

  @Test
  void aReclaimedEntryLingersForTheGrace() {
    release();
    clustered.reclaim();
    members.setLeaving();
    assertThat(held()).containsExactly(mine.entry().lost(Instant.ofEpochMilli(now)));
    assertThat(store.get(mine.id())).isEqualTo(mine.entry().lost(Instant.ofEpochMilli(now)));
    pass(GRACE.lost());
    assertThat(store.get(mine.id())).isNull();
    assertThat(held()).isEmpty();
  }

  @Test
  void anEntryThatAnotherNodeTookOverIsNotReclaimed() {
    release();
    PresenceEntry theirs = takenOver();
    clustered.reclaim();
    assertThat(held()).isEmpty();
    assertThat(alarms).isEmpty();
    assertThat(store.get(mine.id())).isEqualTo(theirs);
    assertThat(keys()).isEmpty();
  }

  @Test
  void anEntryThatIsGivenUpEndsAtOnceUnlessAnotherNodeHasIt() {
    TrackedEntry other = clustered.track(ROOM, "ben", meta(""), connection);
    release();
    other.end(LeaveReason.AWAY);
    PresenceEntry theirs = takenOver();
    clustered.giveUp();
    assertThat(store.get(other.id())).isNull();
    assertThat(store.get(mine.id())).isEqualTo(theirs);
    assertThat(keys()).isEmpty();
  }

  @Test
  void anEntryThatAConnectionHasIsNotGivenUp() {
    members.setLeaving("node-1");
    clustered.giveUp();
    clustered.reclaim();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    assertThat(held()).containsExactly(mine.entry());
  }

  @Test
  void anEntryThatWasLeftAndNotReclaimedIsAGhostOnceTheNodeStays() {
    release();
    assertThat(clustered.localEntries().repair(mine.id())).isFalse();
    assertThat(store.get(mine.id())).isEqualTo(mine.entry());
    members.setLeaving();
    assertThat(clustered.localEntries().repair(mine.id())).isTrue();
    assertThat(store.get(mine.id())).isNull();
  }

  @Test
  void aUserWhoComesBackToTheNodeThatLeftTheEntryTakesItOverFromAnother() {
    release();
    PresenceEntry theirs = takenOver();
    store.put(theirs.lost(Instant.ofEpochMilli(now)));
    executor.runAll();
    members.setLeaving();
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), connection);
    assertThat(back.entry()).isEqualTo(mine.entry());
    assertThat(held()).containsExactly(mine.entry());
  }

  @Test
  void theLogInIsKnownForAsLongAsTheEntryIsHereInAnyState() {
    assertThat(keys()).containsExactly("ada");
    release();
    assertThat(keys()).containsExactly("ada");
    clustered.reclaim();
    members.setLeaving();
    assertThat(keys()).containsExactly("ada");
    pass(GRACE.lost());
    assertThat(keys()).isEmpty();
  }
}
