package org.rollcall.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.PresenceChanged;
import org.rollcall.TrackedPresence;
import org.rollcall.cluster.Membership;
import org.rollcall.presence.Tracker;

/** Two nodes that share a store. */
class EventsOfEachNodeTest extends TrackedFixture {
  private final Tracker second = new Tracker(store, Membership.alone("node-2"), GRACE, tools);
  private final List<PresenceChanged> here = new ArrayList<>();
  private final List<PresenceChanged> there = new ArrayList<>();

  @Test
  void theObserversOfEachNodeAreToldOnceOfWhomAnyNodeTracks() {
    PresenceEvents.begin(tracker, here::add, executor, () -> nanos);
    PresenceEvents.begin(second, there::add, executor, () -> nanos);
    executor.runAll();
    TrackedPresence ada = presence.track("user:ada", "ada", meta("on", "phone"));
    executor.runAll();
    ada.close();
    executor.runAll();
    assertThat(here)
        .isEqualTo(there)
        .extracting(PresenceChanged::online)
        .containsExactly(true, false);
    assertThat(here.get(0).metas()).extracting(m -> m.getString("phx_ref")).hasSize(1);
  }
}
