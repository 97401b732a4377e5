package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A node that is about to go, and one of whose entries another node takes for a device that is back
 * there, while the entry's own device is still here.
 */
class TakenOverTest extends ClusteredTrackerFixture {
  private final PresenceEntry laptop = clustered.track(ROOM, "ada", meta(""), () -> true);
  private final PresenceEntry phone = PresenceEntry.live(laptop.id(), "node-2", laptop.meta());

  private void takeOver() {
    leaving = Set.of("node-1");
    store.put(phone);
    executor.runAll();
  }

  private List<Meta> shown() {
    executor.runAll();
    return clustered.list(ROOM).metas().getOrDefault("ada", List.of());
  }

  @Test
  void anUpdateHereIsNotWrittenOverTheOtherDevice() {
    takeOver();
    Meta away = laptop.meta().with("\"status\":\"away\"");
    PresenceEntry updated = clustered.update(laptop, away);
    assertThat(store.get(laptop.id())).isEqualTo(phone);
    assertThat(shown()).hasSize(2).contains(phone.meta());
    assertThat(shown()).extracting(Meta::given).containsExactlyInAnyOrder("", away.given());
    assertThat(updated.id()).isNotEqualTo(laptop.id());
  }

  @Test
  void theNameAfterTheUpdateIsGoodForTheNextAndTheEnd() {
    takeOver();
    PresenceEntry updated = clustered.update(laptop, laptop.meta().with("\"status\":\"away\""));
    PresenceEntry again = clustered.update(updated, updated.meta().with("\"status\":\"busy\""));
    assertThat(shown())
        .extracting(Meta::given)
        .containsExactlyInAnyOrder("", "\"status\":\"busy\"");
    clustered.end(again, LeaveReason.LEFT);
    assertThat(shown()).containsExactly(phone.meta());
    assertThat(clustered.localEntries().held().all()).isEmpty();
  }

  @Test
  void whoseConnectionIsLostInTheMomentOfComingBackKeepsTheEntry() {
    leaving = Set.of("node-2");
    PresenceEntry there =
        PresenceEntry.live(new PresenceEntry.Id(ROOM, "ben", Ref.next()), "node-2", meta(""));
    store.put(there);
    executor.runAll();
    store.beforeReplacing(() -> store.put(there.lost(Instant.ofEpochMilli(now))));
    PresenceEntry back = clustered.track(ROOM, "ben", meta(""), () -> true);
    assertThat(back.id()).isEqualTo(there.id());
    assertThat(back.meta()).isEqualTo(there.meta());
    assertThat(store.get(there.id())).isEqualTo(back);
  }

  @Test
  void anUpdateOfWhatTheStoreLostIsWritten() {
    store.silently(() -> store.remove(laptop));
    PresenceEntry updated = clustered.update(laptop, laptop.meta().with("\"status\":\"away\""));
    assertThat(store.get(laptop.id())).isEqualTo(updated);
  }

  @Test
  void anUpdateThatTheStoreFailsToTakeIsRepaired() {
    store.silently(() -> store.remove(laptop));
    Meta away = laptop.meta().with("\"status\":\"away\"");
    store.failing(() -> clustered.update(laptop, away));
    assertThat(store.get(laptop.id())).isNull();
    assertThat(clustered.localEntries().repair(laptop.id())).isTrue();
    assertThat(shown()).extracting(Meta::given).containsExactly(away.given());
  }
}
