package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class GracePeriodTest extends TrackerFixture {
  @Test
  void aLostConnectionLeavesAfterTheGraceOnce() {
    tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    entry.end(LeaveReason.LOST);
    executor.runAll();
    assertThat(diffs).hasSize(1);
    pass(GRACE.lost());
    assertThat(diffs).hasSize(2);
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }

  @Test
  void aPageThatWentAwayHasTheShorterGrace() {
    track("ada").end(LeaveReason.AWAY);
    assertThat(alarms).containsOnlyKeys(GRACE.away());
    pass(GRACE.away());
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }

  @Test
  void aConnectionBackInTimeKeepsTheRefWithoutADiff() {
    tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    entry.end(LeaveReason.LOST);
    TrackedEntry back = track("ada");
    assertThat(back.entry()).isEqualTo(entry.entry());
    pass(GRACE.lost());
    assertThat(diffs).hasSize(1);
    assertThat(tracker.list(ROOM).metas().get("ada")).containsExactly(entry.meta());
  }

  @Test
  void aConnectionBackWithAnotherMetaIsOneUpdate() {
    tracker.subscribe(ROOM, diffs::add);
    TrackedEntry entry = track("ada");
    executor.runAll();
    entry.end(LeaveReason.LOST);
    TrackedEntry back = tracker.track(ROOM, "ada", meta("\"status\":\"away\""), () -> true);
    pass(GRACE.lost());
    assertThat(diffs).hasSize(2);
    assertThat(diffs.get(1).changes())
        .containsExactly(new PresenceDiff.Change("ada", back.meta(), entry.meta()));
    assertThat(back.meta().onlineAt()).isEqualTo(entry.meta().onlineAt());
  }

  @Test
  void ofTwoLostConnectionsTheOneWithTheSameMetaIsTakenOver() {
    TrackedEntry phone = tracker.track(ROOM, "ada", meta("\"device\":\"phone\""), () -> true);
    TrackedEntry laptop = tracker.track(ROOM, "ada", meta("\"device\":\"laptop\""), () -> true);
    executor.runAll();
    phone.end(LeaveReason.LOST);
    laptop.end(LeaveReason.LOST);
    assertThat(tracker.track(ROOM, "ada", meta("\"device\":\"laptop\""), () -> true).entry())
        .isEqualTo(laptop.entry());
    assertThat(tracker.track(ROOM, "ada", meta("\"device\":\"phone\""), () -> true).entry())
        .isEqualTo(phone.entry());
  }

  @Test
  void aLivingConnectionIsNotTakenOver() {
    TrackedEntry phone = track("ada");
    executor.runAll();
    assertThat(track("ada").id()).isNotEqualTo(phone.id());
  }

  @Test
  void aConnectionLostAgainHasAWholeGraceAgain() {
    TrackedEntry entry = track("ada");
    executor.runAll();
    entry.end(LeaveReason.LOST);
    Runnable first = Objects.requireNonNull(alarms.remove(GRACE.lost()));
    now += 5000;
    track("ada").end(LeaveReason.LOST);
    first.run();
    executor.runAll();
    assertThat(tracker.list(ROOM).metas()).containsOnlyKeys("ada");
    pass(GRACE.lost());
    assertThat(tracker.list(ROOM).metas()).isEmpty();
  }
}
