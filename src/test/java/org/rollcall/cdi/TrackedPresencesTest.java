package org.rollcall.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.PresenceUnavailable;
import org.rollcall.TrackedPresence;
import org.rollcall.count.Count;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.Await;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrackedPresencesTest extends TrackedFixture {
  private static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;

  private TrackedPresence track(String topic, String key, JsonObject meta) {
    TrackedPresence tracked = presence.track(topic, key, meta);
    executor.runAll();
    return tracked;
  }

  @Test
  void aTrackedUserIsOnlineWithTheMetaUntilTheHandleIsClosed() {
    TrackedPresence ada = track("user:ada", "ada", meta("on", "phone"));
    assertThat(presence.isOnline("ada")).isTrue();
    assertThat(presence.metas(List.of("ada", "bob")))
        .containsEntry("bob", List.of())
        .containsEntry(
            "ada",
            List.of(
                Json.createObjectBuilder()
                    .add("online_at", "7")
                    .add("on", "phone")
                    .add("phx_ref", ada.ref())
                    .build()));
    ada.close();
    ada.close();
    executor.runAll();
    assertThat(presence.isOnline("ada")).isFalse();
    assertThat(presence.metas("ada")).isEmpty();
    assertThat(ada.isOpen()).isFalse();
    assertThat(tracked.size()).isZero();
    assertThat(entries()).isZero();
  }

  @Test
  void twoHandlesOfOneUserAreTwoMetasAndEachEndsItsOwn() {
    TrackedPresence phone = track("user:ada", "ada", meta("on", "phone"));
    TrackedPresence call = track("user:ada", "ada", meta("on", "call"));
    assertThat(presence.metas("ada")).hasSize(2);
    phone.close();
    executor.runAll();
    assertThat(presence.metas("ada"))
        .extracting(m -> m.getString("phx_ref"))
        .containsExactly(call.ref());
  }

  @Test
  void aRoomListsItsKeys() {
    track("room:1", "ada", NONE);
    track("room:1", "bob", meta("seat", "2"));
    assertThat(presence.list("room:1")).containsOnlyKeys("ada", "bob");
    assertThat(presence.isOnline("ada")).isFalse();
    assertThatThrownBy(() -> presence.list("count:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the topic of a room");
  }

  @Test
  void anUpdateGivesANewRefAndTheSameMetaKeepsIt() {
    TrackedPresence ada = track("user:ada", "ada", meta("on", "phone"));
    String first = ada.ref();
    assertThat(ada.update(meta("on", "phone"))).isEqualTo(first);
    String second = ada.update(meta("on", "call"));
    executor.runAll();
    assertThat(second).isNotEqualTo(first).isEqualTo(ada.ref());
    assertThat(presence.metas("ada"))
        .singleElement()
        .satisfies(m -> assertThat(m.getString("on")).isEqualTo("call"));
  }

  @Test
  void aMetaPastALimitIsRefusedWithItsSizeAndTheOneBeforeStays() {
    JsonObject large = meta("text", "x".repeat(3000));
    assertThatThrownBy(() -> presence.track("user:ada", "ada", large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The meta: expected at most 2048 bytes, but got 3011");
    TrackedPresence ada = track("user:ada", "ada", meta("on", "phone"));
    assertThatThrownBy(() -> ada.update(large)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ada.update(meta("phx_ref", "mine")))
        .isInstanceOf(IllegalArgumentException.class);
    executor.runAll();
    assertThat(presence.metas("ada"))
        .singleElement()
        .satisfies(m -> assertThat(m.getString("on")).isEqualTo("phone"));
    assertThat(entries()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "user:ada,bob",
    "user_presence:ada,ada",
    "elsewhere:1,ada",
    "user:,''",
    "room:1,''",
    "room:1,__proto__",
    "phoenix,ada"
  })
  void nothingIsTrackedOnAnotherTopicOrUnderAnotherKey(String topic, String key) {
    assertThatThrownBy(() -> presence.track(topic, key, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the")
        .hasMessageContaining("characters");
    assertThat(entries()).isZero();
    assertThat(tracked.size()).isZero();
  }

  @Test
  void aTopicWithAControlCharacterIsNone() {
    assertThatThrownBy(() -> presence.track("room:\u0001ada\u0001room:1", "ada", NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> presence.track("room:" + "x".repeat(300), "ada", NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but got another one of 305 characters");
  }

  @Test
  void aUserWhoIsVisibleToNobodyIsTrackedWhereNobodyLooks() throws Exception {
    TrackedPresence ada = track("user:ada", "ada", meta("on", "phone"));
    make(VisibilityRule.hidden("ada"));
    assertThat(presence.isOnline("ada")).isFalse();
    assertThat(tracker.list(Topic.ofUser("ada").veiled("ada")).metas()).containsOnlyKeys("ada");
    TrackedPresence second = track("user:ada", "ada", NONE);
    assertThat(presence.isOnline("ada")).isFalse();
    ada.update(meta("on", "call"));
    lift(VisibilityRule.hidden("ada"));
    assertThat(presence.metas("ada"))
        .extracting(m -> m.getString("phx_ref"))
        .containsExactlyInAnyOrder(ada.ref(), second.ref());
    assertThat(presence.metas("ada")).anyMatch(m -> m.getString("on", "").equals("call"));
  }

  @Test
  void aUserWhoMayNotBeHereIsTrackedNowhereUntilTheBanIsLifted() throws Exception {
    make(VisibilityRule.blocked("ada"));
    TrackedPresence ada = track("room:1", "ada", NONE);
    assertThat(entries()).isZero();
    assertThat(ada.ref()).isEmpty();
    assertThat(ada.isOpen()).isTrue();
    assertThat(ada.update(meta("on", "phone"))).isEmpty();
    lift(VisibilityRule.blocked("ada"));
    assertThat(presence.list("room:1")).containsOnlyKeys("ada");
    make(VisibilityRule.blocked("ada"));
    assertThat(entries()).isZero();
    ada.close();
    lift(VisibilityRule.blocked("ada"));
    assertThat(entries()).isZero();
  }

  @Test
  void aCountHasOneUserMoreUntilTheHandleIsClosed() {
    LiveCounts published = new LiveCounts(() -> node);
    TrackedPresence one = track("count:1", "ada", NONE);
    assertThat(published.count("count:1").users()).isEqualTo(1);
    assertThat(published.count("count:1").total()).isEqualTo(1);
    assertThat(one.ref()).isEmpty();
    one.close();
    one.close();
    assertThat(counts.count(new Topic("count:1"))).isEqualTo(Count.ZERO);
    assertThatThrownBy(() -> presence.track("count:1", "ada", meta("on", "phone")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an empty one, as a count has none");
    assertThatThrownBy(() -> published.count("room:1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNodeThatDrainsClosesItsHandlesAndTracksNothing() {
    TrackedPresence ada = track("user:ada", "ada", NONE);
    TrackedPresence closed = track("user:bob", "bob", NONE);
    closed.close();
    tracked.drain();
    executor.runAll();
    assertThat(ada.isOpen()).isFalse();
    // As after a lost connection: for the grace.
    assertThat(presence.isOnline("ada")).isTrue();
    assertThatThrownBy(() -> ada.update(NONE)).isInstanceOf(PresenceUnavailable.class);
    assertThatThrownBy(() -> closed.update(NONE))
        .isInstanceOf(IllegalStateException.class)
        .isNotInstanceOf(PresenceUnavailable.class);
    assertThatThrownBy(() -> presence.track("user:cyd", "cyd", NONE))
        .isInstanceOf(PresenceUnavailable.class);
    assertThat(tracked.size()).isZero();
    ada.close();
    tracked.serve();
    TrackedPresence back = track("user:ada", "ada", NONE);
    assertThat(back.isOpen()).isTrue();
    assertThat(presence.metas("ada")).hasSize(1);
    alarms.forEach(Runnable::run);
    executor.runAll();
    assertThat(presence.metas("ada")).hasSize(1);
  }

  @Test
  void anEndThatComesWhileAUserIsBeingTrackedLeavesNoLiveEntry() {
    CompletableFuture<Void> draining = new CompletableFuture<>();
    store.listen(
        id -> {
          if (!draining.isDone()) {
            // Another thread drains while this one is within track.
            Thread drain = new Thread(tracked::drain);
            drain.start();
            draining.complete(null);
          }
        });
    TrackedPresence ada = presence.track("user:ada", "ada", NONE);
    Await.until("the end of the handle", () -> !ada.isOpen());
    Await.until(
        "an entry that lingers",
        () -> {
          Set<Boolean> live = new HashSet<>();
          store.forEach((PresenceEntry entry) -> live.add(!entry.isLost()));
          return live.equals(Set.of(false));
        });
    assertThat(tracked.size()).isZero();
  }
}
