package org.rollcall.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.PresenceChanged;
import org.rollcall.TrackedPresence;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.Await;
import org.rollcall.testing.ManualExecutor;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PresenceEventsTest extends TrackedFixture {
  private final ManualExecutor events = new ManualExecutor();
  private final List<PresenceChanged> told = new ArrayList<>();

  private void observe(Consumer<PresenceChanged> observer) {
    PresenceEvents.begin(tracker, observer, events, () -> nanos, 3);
    pass();
  }

  private void pass() {
    executor.runAll();
    events.runAll();
  }

  private TrackedPresence track(String user, String text) {
    TrackedPresence tracked = presence.track("user:" + user, user, meta("text", text));
    executor.runAll();
    return tracked;
  }

  private List<String> texts() {
    return told.stream()
        .map(
            event ->
                event.user()
                    + event.metas().stream().map(meta -> " " + meta.getString("text")).toList())
        .toList();
  }

  @Test
  void comingAnotherMetaAndGoingAreToldInOrder() {
    observe(told::add);
    TrackedPresence ada = track("ada", "one");
    pass();
    ada.update(meta("text", "two"));
    pass();
    ada.close();
    pass();
    assertThat(texts()).containsExactly("ada[ one]", "ada[ two]", "ada[]");
    assertThat(told).extracting(PresenceChanged::online).containsExactly(true, true, false);
  }

  @Test
  void usersWhoAreOnlineBeforeTheFirstObserverAreToldFirst() {
    track("ada", "one");
    observe(told::add);
    assertThat(texts()).containsExactly("ada[ one]");
  }

  @Test
  void aJoinItsLeaveAndAnotherJoinBehindASlowObserverAreToldAsTheNewestState() {
    observe(told::add);
    track("ada", "one").close();
    executor.runAll();
    TrackedPresence back = track("ada", "two");
    events.runAll();
    assertThat(texts()).containsExactly("ada[ two]");
    back.close();
    executor.runAll();
    track("ada", "three");
    events.runAll();
    assertThat(texts()).containsExactly("ada[ two]", "ada[ three]");
  }

  @Test
  void aChangeWithinAnObserverIsToldAfterIt() {
    List<String> order = new ArrayList<>();
    TrackedPresence[] ada = new TrackedPresence[1];
    observe(
        event -> {
          order.add("begin " + event.online());
          if (event.online()) {
            ada[0].close();
            executor.runAll();
          }
          order.add("end " + event.online());
        });
    ada[0] = track("ada", "one");
    pass();
    assertThat(order).containsExactly("begin true", "end true", "begin false", "end false");
  }

  @Test
  void roomsAndVeiledTopicsAreNobodysBusinessAndAUserWhoHidesIsOffline() throws Exception {
    observe(told::add);
    presence.track("room:1", "ada", JsonObject.EMPTY_JSON_OBJECT);
    pass();
    assertThat(told).isEmpty();
    track("ada", "one");
    pass();
    make(VisibilityRule.hidden("ada"));
    pass();
    lift(VisibilityRule.hidden("ada"));
    pass();
    assertThat(told).extracting(PresenceChanged::online).containsExactly(true, false, true);
  }

  @Test
  void aGraceThatIsUsedTellsNothingAndOneThatEndsTellsOnce() {
    observe(told::add);
    Topic topic = Topic.ofUser("ada");
    TrackedEntry entry = tracker.track(topic, "ada", Meta.of(7, "\"text\":\"x\""), () -> true);
    pass();
    entry.end(LeaveReason.AWAY);
    pass();
    TrackedEntry back = tracker.track(topic, "ada", Meta.of(7, "\"text\":\"x\""), () -> true);
    pass();
    back.end(LeaveReason.LOST);
    pass();
    assertThat(told).hasSize(1);
    List.copyOf(alarms).forEach(Runnable::run);
    pass();
    assertThat(told).extracting(PresenceChanged::online).containsExactly(true, false);
  }

  @Test
  void anObserverThatThrowsIsToldTheNextEvents() {
    observe(
        event -> {
          told.add(event);
          throw new IllegalStateException("expected by the test");
        });
    TrackedPresence ada = track("ada", "one");
    track("bob", "one");
    pass();
    ada.close();
    pass();
    assertThat(told).hasSize(3);
  }

  @Test
  void moreUsersThanMayWaitAreAllToldOnceTheObserverGoesOn() {
    observe(told::add);
    List<TrackedPresence> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(track("u" + i, "one"));
    }
    pass();
    assertThat(told).hasSize(40);
    told.clear();
    all.subList(0, 20).forEach(TrackedPresence::close);
    all.subList(20, 40).forEach(tracked -> tracked.update(meta("text", "two")));
    for (int i = 40; i < 60; i++) {
      track("u" + i, "one");
    }
    pass();
    assertThat(told).hasSize(60);
    assertThat(told.stream().filter(event -> !event.online())).hasSize(20);
  }

  /** Real threads: each user's events end with what the user is, in the order of its updates. */
  @Test
  void whileUsersComeAndGoFastEachUsersEventsAreInOrderAndEndWithTheNewest() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PresenceEvents.QUEUES);
    Map<String, List<Integer>> seen = new HashMap<>();
    CountDownLatch slow = new CountDownLatch(1);
    try {
      PresenceEvents.begin(
          tracker,
          event -> {
            awaitQuietly(slow);
            int text =
                event.online() ? Integer.parseInt(event.metas().get(0).getString("text")) : -1;
            synchronized (seen) {
              seen.computeIfAbsent(event.user(), any -> new ArrayList<>()).add(text);
            }
          },
          threads,
          System::nanoTime,
          3);
      Map<String, TrackedPresence> here = new HashMap<>();
      Random random = new Random(15);
      for (int i = 0; i < 2000; i++) {
        String user = "u" + random.nextInt(20);
        TrackedPresence before = here.remove(user);
        if (before == null) {
          here.put(user, track(user, "" + i));
        } else if (random.nextBoolean()) {
          before.update(meta("text", "" + i));
          here.put(user, before);
        } else {
          before.close();
        }
        executor.runAll();
        if (i == 200) {
          slow.countDown();
        }
      }
      Await.until(
          "the newest state of each user",
          () -> {
            synchronized (seen) {
              return seen.entrySet().stream()
                  .allMatch(user -> isNewest(user.getKey(), user.getValue()));
            }
          });
      synchronized (seen) {
        assertThat(seen).hasSize(20);
        seen.values()
            .forEach(
                texts -> assertThat(texts.stream().filter(text -> text >= 0).toList()).isSorted());
      }
    } finally {
      slow.countDown();
      threads.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isNewest(String user, List<Integer> texts) {
    int last = texts.get(texts.size() - 1);
    List<JsonObject> now = presence.metas(user);
    return now.isEmpty() ? last == -1 : now.get(0).getString("text").equals("" + last);
  }
}
