package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Entries that are held against their connections. */
class AbandonedTest extends ClusteredWorld {
  private final Steward steward = new Steward(clustered, members, over -> {});
  private final AtomicBoolean open = new AtomicBoolean(true);

  private void auditAfter(int millis) {
    now += millis;
    steward.tick();
    executor.runAll();
  }

  private Entry track() {
    return clustered.track(ROOM, "ada", meta(""), open::get);
  }

  @Test
  void whoseConnectionIsOpenStays() {
    Entry entry = track();
    auditAfter(10_000);
    auditAfter(20_000);
    assertThat(store.get(entry.id())).isEqualTo(entry);
    assertThat(steward.repairs()).isZero();
  }

  @Test
  void anEntryThatNobodyEndedLeaves() {
    Entry entry = track();
    open.set(false);
    auditAfter(10_000);
    auditAfter(9_000);
    assertThat(store.get(entry.id())).isEqualTo(entry);
    auditAfter(6_000);
    assertThat(store.get(entry.id())).isNull();
    assertThat(steward.repairs()).isEqualTo(1);
    assertThat(clustered.list(ROOM).metas()).isEmpty();
  }

  @Test
  void whoeverIsBackMeanwhileHasAnEntryOfTheirOwn() {
    track();
    open.set(false);
    auditAfter(10_000);
    Entry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    auditAfter(15_000);
    assertThat(clustered.list(ROOM).metas().get("ada")).containsExactly(back.meta());
  }

  @Test
  void whatWaitsForItsEndIsEndedOnceAndNothingIsRepaired() {
    Entry entry = track();
    open.set(false);
    auditAfter(10_000);
    clustered.end(entry, Departure.LOST);
    auditAfter(15_000);
    assertThat(steward.repairs()).isZero();
  }

  @Test
  void theEndThatComesAfterTheAuditsDoesNothingMore() {
    Entry entry = track();
    open.set(false);
    auditAfter(10_000);
    auditAfter(15_000);
    Entry back = clustered.track(ROOM, "ada", meta(""), () -> true);
    clustered.end(entry, Departure.LEFT);
    assertThat(store.get(back.id())).isEqualTo(back);
  }
}
