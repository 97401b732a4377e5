package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrackerTest extends TrackerFixture {
  @Test
  void aJoinAndALeaveAreToldToSubscribers() {
    tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    entry.end(LeaveReason.LEFT);
    executor.runAll();
    assertThat(diffs)
        .extracting(PresenceDiff::changes)
        .containsExactly(
            List.of(new PresenceDiff.Change("ada", entry.meta(), null)),
            List.of(new PresenceDiff.Change("ada", null, entry.meta())));
  }

  @Test
  void anUpdateIsOneChangeWithBothMetas() {
    TrackedEntry entry = track("ada");
    executor.runAll();
    tracker.subscribe(ROOM, diffs::add);
    Meta before = entry.meta();
    entry.update(meta("\"status\":\"away\""));
    executor.runAll();
    assertThat(diffs.get(0).changes())
        .containsExactly(new PresenceDiff.Change("ada", entry.meta(), before));
  }

  @Test
  void aConnectionThatCameAndLeftUnnoticedIsNotSent() {
    tracker.subscribe(ROOM, diffs::add);
    track("ada").end(LeaveReason.LEFT);
    executor.runAll();
    assertThat(diffs).isEmpty();
  }

  @Test
  void twoUpdatesInARowAreToldAsOneFromWhatWasKnown() {
    tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    Meta before = entry.meta();
    entry.update(meta("\"n\":2"));
    entry.update(meta("\"n\":3"));
    executor.runAll();
    assertThat(diffs.get(1).changes())
        .containsExactly(new PresenceDiff.Change("ada", entry.meta(), before));
  }

  @Test
  void severalConnectionsOfAKeyAreSeveralMetasInTheirOrder() {
    List<Meta> metas = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      metas.add(track("ada").meta());
    }
    executor.runAll();
    assertThat(tracker.list(ROOM).metas()).isEqualTo(Map.of("ada", metas));
  }

  @Test
  void aClosedSubscriptionIsToldNothing() {
    tracker.subscribe(ROOM, diffs::add).close();
    track("ada");
    executor.runAll();
    assertThat(diffs).isEmpty();
  }

  @Test
  void aSubscriberThatFailsDoesNotKeepDiffsFromOthers() {
    tracker.subscribe(
        ROOM,
        diff -> {
          throw new IllegalStateException("expected by the test");
        });
    tracker.subscribe(ROOM, diffs::add);
    track("ada");
    executor.runAll();
    assertThat(diffs).hasSize(1);
  }

  @Test
  void entriesThatWereThereBeforeTheTrackerAreListed() {
    track("ada");
    Tracker late = tracker("node-2");
    executor.runAll();
    assertThat(late.list(ROOM).metas()).containsOnlyKeys("ada");
  }

  @Test
  void emptyTopicsLeaveNothingBehind() {
    Subscription subscription = tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    assertThat(tracker.topics()).isEqualTo(1);
    entry.end(LeaveReason.LEFT);
    executor.runAll();
    subscription.close();
    assertThat(tracker.topics()).isZero();
  }

  @Test
  void concealedEntriesAreNotShown() {
    PresenceEntry entry =
        PresenceEntry.live(new PresenceEntry.Id(ROOM, "ada", Ref.next()), "node-2", meta(""));
    store.put(entry);
    track("ben");
    executor.runAll();
    tracker.subscribe(ROOM, diffs::add);
    Set<String> hidden = new HashSet<>(Set.of("ada"));
    tracker.conceal(any -> hidden.contains(any.id().key()));
    executor.runAll();
    assertThat(diffs).hasSize(1);
    assertThat(diffs.get(0).changes())
        .containsExactly(new PresenceDiff.Change("ada", null, entry.meta()));
    assertThat(tracker.list(ROOM).metas()).containsOnlyKeys("ben");
    store.put(entry.with(meta("\"status\":\"away\"")));
    executor.runAll();
    assertThat(diffs).hasSize(1);

    hidden.clear();
    CompletableFuture<Void> shown = tracker.lookAgain(Set.of("ada"));
    assertThat(shown).isNotDone();
    executor.runAll();
    assertThat(shown).isCompleted();
    assertThat(diffs).hasSize(2);
    assertThat(tracker.list(ROOM).metas()).containsOnlyKeys("ada", "ben");
  }
}
