package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.ClusterAuditor;

/** Entries, compared with their connections. */
class GhostDetectorTest extends ClusteredTrackerFixture {
  private final PresenceAuditor auditor = new PresenceAuditor(clustered, members);
  private final ClusterAuditor row =
      new ClusterAuditor(members, GRACE.lost(), clustered.tools(), List.of(auditor));
  private final AtomicBoolean open = new AtomicBoolean(true);

  private void auditAfter(int millis) {
    now += millis;
    row.tick();
    executor.runAll();
  }

  private TrackedEntry track() {
    return clustered.track(ROOM, "ada", meta(""), open::get);
  }

  @Test
  void whoseConnectionIsOpenStays() {
    TrackedEntry entry = track();
    auditAfter(10_000);
    auditAfter(20_000);
    assertThat(store.get(entry.id())).isEqualTo(entry.entry());
    assertThat(auditor.repairs()).isZero();
  }

  @Test
  void anEntryThatNobodyEndedLeaves() {
    TrackedEntry entry = track();
    open.set(false);
    auditAfter(10_000);
    auditAfter(9_000);
    assertThat(store.get(entry.id())).isEqualTo(entry.entry());
    auditAfter(6_000);
    assertThat(store.get(entry.id())).isNull();
    assertThat(auditor.repairs()).isEqualTo(1);
    assertThat(clustered.list(ROOM).metas()).isEmpty();
  }

  @Test
  void aUserBackMeanwhileHasAnotherEntry() {
    track();
    open.set(false);
    auditAfter(10_000);
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    auditAfter(15_000);
    assertThat(clustered.list(ROOM).metas().get("ada")).containsExactly(back.meta());
  }

  @Test
  void anEntryThatWaitsForItsEndEndsOnceWithoutARepair() {
    TrackedEntry entry = track();
    open.set(false);
    auditAfter(10_000);
    entry.end(LeaveReason.LOST);
    auditAfter(15_000);
    assertThat(auditor.repairs()).isZero();
  }

  @Test
  void theEndThatComesAfterTheAuditsDoesNothingMore() {
    TrackedEntry entry = track();
    open.set(false);
    auditAfter(10_000);
    auditAfter(15_000);
    TrackedEntry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    entry.end(LeaveReason.LEFT);
    assertThat(store.get(back.id())).isEqualTo(back.entry());
  }
}
