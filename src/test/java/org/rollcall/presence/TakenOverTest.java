package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node that is about to go, and one of whose entries another node takes for a device that is back
 * there, while the entry's own device is still here.
 */
class TakenOverTest extends ClusteredTrackerFixture {
  private final TrackedEntry laptop = clustered.track(ROOM, "ada", meta(""), () -> true);
  private final PresenceEntry.Id id = laptop.id();
  private final PresenceEntry phone = PresenceEntry.live(id, "node-2", laptop.meta());

  private void takeOver() {
    members.setLeaving("node-1");
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
    laptop.update(away);
    assertThat(store.get(id)).isEqualTo(phone);
    assertThat(shown()).hasSize(2).contains(phone.meta());
    assertThat(shown()).extracting(Meta::given).containsExactlyInAnyOrder("", away.given());
    assertThat(laptop.id()).isNotEqualTo(id);
    assertThat(store.get(laptop.id())).isEqualTo(laptop.entry());
  }

  @Test
  void theHandleIsGoodForTheNextUpdateAndTheEnd() {
    takeOver();
    laptop.update(laptop.meta().with("\"status\":\"away\""));
    laptop.update(laptop.meta().with("\"status\":\"busy\""));
    assertThat(shown())
        .extracting(Meta::given)
        .containsExactlyInAnyOrder("", "\"status\":\"busy\"");
    laptop.end(LeaveReason.LEFT);
    assertThat(shown()).containsExactly(phone.meta());
    assertThat(clustered.localEntries().held().all()).isEmpty();
  }

  @Test
  void whoseConnectionIsLostInTheMomentOfComingBackKeepsTheEntry() {
    members.setLeaving("node-2");
    PresenceEntry there =
        PresenceEntry.live(new PresenceEntry.Id(ROOM, "ben", Ref.next()), "node-2", meta(""));
    store.put(there);
    executor.runAll();
    store.beforeReplacing(() -> store.put(there.lost(Instant.ofEpochMilli(now))));
    TrackedEntry back = clustered.track(ROOM, "ben", meta(""), () -> true);
    assertThat(back.id()).isEqualTo(there.id());
    assertThat(back.meta()).isEqualTo(there.meta());
    assertThat(store.get(there.id())).isEqualTo(back.entry());
  }

  @Test
  void anUpdateOfWhatTheStoreLostIsWritten() {
    store.silently(() -> store.remove(laptop.entry()));
    laptop.update(laptop.meta().with("\"status\":\"away\""));
    assertThat(store.get(id)).isEqualTo(laptop.entry());
    assertThat(laptop.meta().given()).isEqualTo("\"status\":\"away\"");
  }

  @Test
  void anUpdateThatTheStoreFailsToTakeIsRepaired() {
    store.silently(() -> store.remove(laptop.entry()));
    Meta away = laptop.meta().with("\"status\":\"away\"");
    store.failing(() -> laptop.update(away));
    assertThat(store.get(id)).isNull();
    assertThat(clustered.localEntries().repair(id)).isTrue();
    assertThat(shown()).extracting(Meta::given).containsExactly(away.given());
  }
}
