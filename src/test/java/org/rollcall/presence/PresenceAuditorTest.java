package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.ClusterAuditor;

class PresenceAuditorTest extends ClusteredTrackerFixture {
  private final PresenceAuditor auditor = new PresenceAuditor(clustered, members);
  private final ClusterAuditor row =
      new ClusterAuditor(members, GRACE.lost(), clustered.tools(), List.of(auditor));

  private void audit() {
    now += 5000;
    members.table().view(members.up());
    row.tick();
    executor.runAll();
  }

  private PresenceEntry of(String owner) {
    PresenceEntry entry =
        PresenceEntry.live(new PresenceEntry.Id(ROOM, "ben", Ref.next()), owner, meta(""));
    store.put(entry);
    return entry;
  }

  @Test
  void anOwnEntryThatTheStoreLostIsWrittenAgain() {
    TrackedEntry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.remove(entry.entry());
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry.entry());
    assertThat(auditor.repairs()).isEqualTo(1);
  }

  @Test
  void anEntryThatThisNodeDoesNotHoldIsRemoved() {
    PresenceEntry ghost = of("node-1");
    audit();
    assertThat(store.get(ghost.id())).isNull();
  }

  @Test
  void anEntryReleasedDuringALookIsLeftForAReturningUser() {
    TrackedEntry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.silently(() -> store.put(entry.entry().with(meta("\"old\":true"))));
    store.afterPass(
        () -> {
          members.setLeaving("node-1");
          entry.end(LeaveReason.LOST);
        });
    audit();
    assertThat(store.get(entry.id())).isNotNull();
    assertThat(auditor.repairs()).isZero();
  }

  @Test
  void anEntryOfANodeThatIsUpIsLeftAlone() {
    PresenceEntry entry = of("node-2");
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry);
    assertThat(auditor.repairs()).isZero();
  }

  @Test
  void entriesOfANodeThatIsDownAreDroppedAfterTheGrace() {
    PresenceEntry entry = of("node-2");
    members.table().view(members.up());
    executor.runAll();
    members.setUp("node-1");
    audit();
    assertThat(store.get(entry.id())).isEqualTo(entry);
    now += GRACE.lost().toMillis();
    audit();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void aLeaveWhileTheStoreFailsIsMadeUpForOnceItWorks() {
    TrackedEntry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.failing(() -> entry.end(LeaveReason.LEFT));
    audit();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void aConnectionLostWhileTheStoreFailsLingersAndEndsAfterTheGrace() {
    TrackedEntry entry = clustered.track(ROOM, "ada", meta(""), () -> true);
    store.failing(() -> entry.end(LeaveReason.LOST));
    audit();
    assertThat(store.get(entry.id())).matches(PresenceEntry::isLost);
    Objects.requireNonNull(alarms.get(GRACE.lost())).run();
    executor.runAll();
    assertThat(store.get(entry.id())).isNull();
  }

  @Test
  void changesThatTheStoreDidNotReportAreFoundWithinEightySeconds() {
    List<PresenceEntry> theirs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Topic topic = new Topic("room:" + i);
      theirs.add(
          PresenceEntry.live(new PresenceEntry.Id(topic, "ben", Ref.next()), "node-2", meta("")));
    }
    now += 60_000;
    store.silently(() -> theirs.forEach(store::put));
    assertThat(theirs).allMatch(entry -> shown(entry).isEmpty());
    times(StoreWatcher.QUEUES, this::audit);
    assertThat(theirs).allMatch(entry -> shown(entry).equals(Map.of("ben", List.of(entry.meta()))));
    store.silently(() -> theirs.forEach(store::remove));
    times(StoreWatcher.QUEUES, this::audit);
    assertThat(theirs).allMatch(entry -> shown(entry).isEmpty());
  }

  private Map<String, List<Meta>> shown(PresenceEntry entry) {
    return clustered.list(entry.id().topic()).metas();
  }

  private static void times(int n, Runnable task) {
    for (int i = 0; i < n; i++) {
      task.run();
    }
  }

  @Test
  void anEntryThatALiveNodeTookOverIsTrackedAgainAndItsCallerDoesNotNotice() {
    TrackedEntry mine = clustered.track(ROOM, "ada", meta(""), () -> true);
    PresenceEntry theirs = PresenceEntry.live(mine.id(), "node-2", mine.meta());
    store.put(theirs);
    audit();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
    assertThat(clustered.list(ROOM).metas().get("ada")).hasSize(2);
    mine.end(LeaveReason.LEFT);
    audit();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
    assertThat(clustered.list(ROOM).metas().get("ada")).containsExactly(theirs.meta());
  }

  @Test
  void aLingeringEntryThatAnotherNodeTookOverAndEndedDoesNotComeBack() {
    TrackedEntry mine = clustered.track(ROOM, "ada", meta(""), () -> true);
    mine.end(LeaveReason.LOST);
    store.remove(mine.entry().lost(Instant.ofEpochMilli(now)));
    audit();
    assertThat(store.get(mine.id())).isNull();
    assertThat(auditor.repairs()).isZero();
  }
}
