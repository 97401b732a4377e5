package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.GracePeriod;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.SocketRegistry;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.ManualMembership;
import org.rollcall.testing.ManualNode;
import org.rollcall.testing.MemoryRules;
import org.rollcall.testing.MemoryStore;

class EvictionsTest {
  private static final Topic ROOM = new Topic("room:1");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualExecutor executor = new ManualExecutor();
  private final List<Runnable> alarms = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final WorkerThreads tools =
      new WorkerThreads(
          executor,
          executor,
          (task, delay) -> {
            if (delay.compareTo(HOUR) < 0) {
              alarms.add(task);
            }
          },
          () -> Instant.ofEpochMilli(now()));
  // Another node is up, but nobody can say whether it lives.
  private final Membership members = new ManualMembership("node-1", "node-2");
  private final Tracker tracker = new Tracker(store, members, new GracePeriod(HOUR, HOUR), tools);
  private final VisibilityRules rules =
      new VisibilityRules(new MemoryRules(), Optional.empty(), tools);
  private final SocketRegistry sockets = new ManualNode(Map.of()).sockets();
  private final Evictions evictions =
      new Evictions(tracker, sockets, new Visibility(user -> Set.of(), rules, false));
  private long now = 1_700_000_000_000L;

  @BeforeEach
  void listen() {
    rules.listen(evictions::rulesChanged);
  }

  private void end(String user, Instant at) {
    evictions.logOut(
        List.of(new Logout(Optional.empty(), Optional.of(user), Optional.empty(), at, user)));
  }

  private long now() {
    return now;
  }

  private void pass(Duration time) {
    executor.runAll();
    now += time.toMillis();
    List<Runnable> due = List.copyOf(alarms);
    alarms.clear();
    due.forEach(Runnable::run);
    executor.runAll();
  }

  private TrackedEntry track(String user) {
    return tracker.track(ROOM, user, Meta.of(now / 1000, ""), () -> true);
  }

  private Set<String> present() {
    executor.runAll();
    return tracker.list(ROOM).metas().keySet();
  }

  @Test
  void aThousandUsersAreFourPassesAtMost() throws RulesUnavailable {
    Set<String> users = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      users.add("u" + i);
      track("u" + i).end(LeaveReason.LOST);
    }
    track("ada").end(LeaveReason.LOST);
    executor.runAll();
    int before = store.passes();
    for (String user : users) {
      rules.make(VisibilityRule.blocked(user), VisibilityRules.FOREVER);
    }
    assertThat(present()).containsExactly("ada");
    assertThat(store.passes() - before).isLessThanOrEqualTo(4);
    assertThat(alarms).hasSize(1);
  }

  @Test
  void aConnectionThatIsLostMeanwhileEndsASecondLater() throws RulesUnavailable {
    TrackedEntry entry = track("ada");
    rules.make(VisibilityRule.blocked("ada"), VisibilityRules.FOREVER);
    executor.runAll();
    entry.end(LeaveReason.LOST);
    executor.runAll();
    assertThat(store.get(entry.entry().id())).isNotNull();
    pass(Duration.ofSeconds(1));
    assertThat(store.get(entry.entry().id())).isNull();
  }

  @Test
  void looksEndSomeSecondsAfterTheLastChange() throws RulesUnavailable {
    rules.make(VisibilityRule.blocked("ada"), VisibilityRules.FOREVER);
    pass(Duration.ofSeconds(1));
    rules.make(VisibilityRule.blocked("ben"), VisibilityRules.FOREVER);
    TrackedEntry late = track("ben");
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(alarms).hasSize(1);
    }
    late.end(LeaveReason.LOST);
    pass(Duration.ofSeconds(1));
    assertThat(store.get(late.entry().id())).isNull();
    assertThat(alarms).isEmpty();
  }

  @Test
  void lingeringEntriesOfAUserWhoLogsOutEnd() {
    track("ada").end(LeaveReason.LOST);
    track("ben").end(LeaveReason.LOST);
    end("ada", Instant.ofEpochMilli(now));
    assertThat(present()).containsExactly("ben");
  }

  @Test
  void aUserWhoLogsInAgainHasTheGraceAgain() {
    end("ada", Instant.ofEpochMilli(now));
    pass(Duration.ofSeconds(10));
    track("ada").end(LeaveReason.LOST);
    evictions.look();
    assertThat(present()).containsExactly("ada");
  }

  @Test
  void aConnectionOfAnotherLogInThatIsLostLaterLingers() {
    TrackedEntry phone = track("ada");
    end("ada", Instant.ofEpochMilli(now));
    pass(Duration.ofSeconds(10));
    phone.end(LeaveReason.LOST);
    evictions.look();
    assertThat(present()).containsExactly("ada");
  }

  @Test
  void aLogOutThatIsHeardOfLateEndsNothingOfALaterLogIn() {
    Instant then = Instant.ofEpochMilli(now);
    pass(Duration.ofSeconds(10));
    track("ada").end(LeaveReason.LOST);
    end("ada", then);
    evictions.look();
    assertThat(present()).containsExactly("ada");
  }

  @Test
  void tenThousandLogOutsAreRememberedAndNoneForMoreThanAMinute() {
    TrackedEntry first = track("u0");
    TrackedEntry last = track("u10000");
    for (int i = 0; i <= 10_000; i++) {
      end("u" + i, Instant.ofEpochMilli(now));
    }
    first.end(LeaveReason.LOST);
    last.end(LeaveReason.LOST);
    evictions.look();
    assertThat(present()).containsExactly("u0");
    track("ada").end(LeaveReason.LOST);
    end("ben", Instant.ofEpochMilli(now));
    now += 61_000;
    end("cat", Instant.ofEpochMilli(now));
    assertThat(present()).containsExactly("u0", "ada");
  }

  @Test
  void entriesOfASilentNodeAreConcealedOfHiddenAndBlockedUsers() throws RulesUnavailable {
    List<PresenceEntry> theirs = new ArrayList<>();
    for (String user : List.of("ada", "ben", "cat")) {
      theirs.add(
          new PresenceEntry(new PresenceEntry.Id(ROOM, user, "c"), "node-2", Meta.of(1, ""), 0));
      store.put(theirs.get(theirs.size() - 1));
    }
    assertThat(present()).containsExactly("ada", "ben", "cat");
    rules.make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
    rules.make(VisibilityRule.blocked("ben"), VisibilityRules.FOREVER);
    assertThat(present()).containsExactly("cat");
    theirs.forEach(entry -> assertThat(store.get(entry.id())).isEqualTo(entry));
    rules.lift(VisibilityRule.hidden("ada"));
    assertThat(present()).containsOnly("ada", "cat");
  }

  @Test
  void aHiddenUserIsOnTheVeiledTopicAndABlockedUserIsNot() throws RulesUnavailable {
    Topic veiled = ROOM.veiled("ada");
    tracker.track(veiled, "ada", Meta.of(1, ""), () -> true);
    rules.make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
    executor.runAll();
    assertThat(tracker.list(veiled).metas()).containsOnlyKeys("ada");
    rules.make(VisibilityRule.blocked("ada"), VisibilityRules.FOREVER);
    executor.runAll();
    assertThat(tracker.list(veiled).metas()).isEmpty();
  }
}
