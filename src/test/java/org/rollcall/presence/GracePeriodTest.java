package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class GracePeriodTest extends TrackerFixture {
  @Test
  void aLostConnectionLeavesAfterTheGraceOnce() {
    tracker.subscribe(ROOM, diffs::add);
    PresenceEntry entry = track("ada");
    executor.runAll();
    tracker.end(entry, LeaveReason.LOST);
    executor.runAll();
    assertThat(diffs).hasSize(1);
    pass(GRACE.lost());
    assertThat(diffs).hasSize(2);
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }

  @Test
  void aPageThatWentAwayHasTheShorterGrace() {
    tracker.end(track("ada"), LeaveReason.AWAY);
    assertThat(alarms).containsOnlyKeys(GRACE.away());
    pass(GRACE.away());
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }

  @Test
  void aConnectionBackInTimeKeepsTheRefWithoutADiff() {
    tracker.subscribe(ROOM, diffs::add);
    PresenceEntry entry = track("ada");
    executor.runAll();
    tracker.end(entry, LeaveReason.LOST);
    PresenceEntry back = track("ada");
    assertThat(back).isEqualTo(entry);
    pass(GRACE.lost());
    assertThat(diffs).hasSize(1);
    assertThat(tracker.list(ROOM).metas().get("ada")).containsExactly(entry.meta());
  }

  @Test
  void aConnectionBackWithAnotherMetaIsOneUpdate() {
    tracker.subscribe(ROOM, diffs::add);
    PresenceEntry entry = track("ada");
    executor.runAll();
    tracker.end(entry, LeaveReason.LOST);
    PresenceEntry back = tracker.track(ROOM, "ada", meta("\"status\":\"away\""), () -> true);
    pass(GRACE.lost());
    assertThat(diffs).hasSize(2);
    assertThat(diffs.get(1).changes())
        .containsExactly(new PresenceDiff.Change("ada", back.meta(), entry.meta()));
    assertThat(back.meta().onlineAt()).isEqualTo(entry.meta().onlineAt());
  }

  @Test
  void ofTwoLostConnectionsTheOneWithTheSameMetaIsTakenOver() {
    PresenceEntry phone = tracker.track(ROOM, "ada", meta("\"device\":\"phone\""), () -> true);
    PresenceEntry laptop = tracker.track(ROOM, "ada", meta("\"device\":\"laptop\""), () -> true);
    executor.runAll();
    tracker.end(phone, LeaveReason.LOST);
    tracker.end(laptop, LeaveReason.LOST);
    assertThat(tracker.track(ROOM, "ada", meta("\"device\":\"laptop\""), () -> true))
        .isEqualTo(laptop);
    assertThat(tracker.track(ROOM, "ada", meta("\"device\":\"phone\""), () -> true))
        .isEqualTo(phone);
  }

  @Test
  void aLivingConnectionIsNotTakenOver() {
    PresenceEntry phone = track("ada");
    executor.runAll();
    assertThat(track("ada").id()).isNotEqualTo(phone.id());
  }

  @Test
  void aConnectionLostAgainHasAWholeGraceAgain() {
    PresenceEntry entry = track("ada");
    executor.runAll();
    tracker.end(entry, LeaveReason.LOST);
    Runnable first = Objects.requireNonNull(alarms.remove(GRACE.lost()));
    now += 5000;
    tracker.end(track("ada"), LeaveReason.LOST);
    first.run();
    executor.runAll();
    assertThat(tracker.list(ROOM).metas()).containsOnlyKeys("ada");
    pass(GRACE.lost());
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }
}
