package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.Watcher;

/** A node that hangs, is taken for dead, and is back with its clients. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HangTest {
  private static final Topic ROOM = new Topic("room:1");
  private static final Topic COUNT = new Topic("count:1");

  private ClusterFixture clusterFixture = new ClusterFixture(Map.of());
  private final Map<LocalNode, Watcher> watchers = new HashMap<>();
  private final Map<LocalNode, CountWatcher> counters = new HashMap<>();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private void start(String grace) {
    clusterFixture =
        new ClusterFixture(Map.of("rollcall.grace", grace, "rollcall.counts.interval", "PT0.02S"));
    for (int i = 0; i < 3; i++) {
      clusterFixture.start();
    }
  }

  /** A client that is present and counted. */
  private record Client(LocalNode node, TrackedEntry entry, Counts.Registration place) {
    static Client connect(LocalNode node, String key) {
      return new Client(
          node,
          node.node().tracker().track(ROOM, key, Meta.of(1, ""), () -> true),
          node.node().counts().enter(COUNT, Count.Kind.USER, new CountWatcher()));
    }

    void end(LeaveReason leaveReason) {
      place.close();
      entry.end(leaveReason);
    }
  }

  private void watch() {
    for (LocalNode node : clusterFixture.running()) {
      watchers.put(node, new Watcher(node.node().tracker(), ROOM));
      CountWatcher counter = new CountWatcher();
      node.node().counts().enter(COUNT, Count.Kind.NONE, counter);
      counters.put(node, counter);
    }
  }

  /** Waits until a node, and its clients, know of these users, one connection each. */
  private void await(LocalNode node, String... keys) {
    Await.until(
        () -> {
          Map<String, List<Meta>> metas = node.node().tracker().list(ROOM).metas();
          assertThat(metas).containsOnlyKeys(keys);
          assertThat(metas.values()).allSatisfy(all -> assertThat(all).hasSize(1));
          Count users = new Count(0, keys.length);
          assertThat(node.node().counts().count(COUNT)).isEqualTo(users);
          Watcher watcher = watchers.get(node);
          CountWatcher counter = counters.get(node);
          if (watcher != null && counter != null) {
            assertThat(watcher.state()).containsOnlyKeys(keys);
            assertThat(counter.shown()).isEqualTo(users);
          }
        });
  }

  /** Returns the joins and leaves of each user that the clients of a node were told. */
  private Map<String, List<String>> told(LocalNode node) {
    Map<String, List<String>> told = new TreeMap<>();
    Objects.requireNonNull(watchers.get(node))
        .changes()
        .forEach(
            change -> {
              List<String> of = told.computeIfAbsent(change.key(), key -> new ArrayList<>());
              if (change.left() != null) {
                of.add("leave");
              }
              if (change.joined() != null) {
                of.add("join");
              }
            });
    return told;
  }

  @Test
  void usersOfANodeThatHangsForTheGraceLeaveOnceAndJoinOnce() {
    start("PT0.2S");
    LocalNode one = clusterFixture.running().get(0);
    LocalNode two = clusterFixture.running().get(1);
    LocalNode three = clusterFixture.running().get(2);
    Client gone = Client.connect(one, "gone");
    Client.connect(one, "ada");
    Client.connect(two, "ben");
    Client lost = Client.connect(two, "lost");
    Client.connect(three, "cat");
    clusterFixture.running().forEach(node -> await(node, "ada", "ben", "cat", "gone", "lost"));
    watch();
    clusterFixture.hang(two);
    clusterFixture.miss(two);
    await(one, "ada", "cat", "gone");
    await(three, "ada", "cat", "gone");
    ClusterFixture.awaitView(List.of(two));
    await(two, "ben", "lost");
    gone.end(LeaveReason.LEFT);
    lost.end(LeaveReason.LEFT);
    Client.connect(three, "new");
    clusterFixture.merge();
    clusterFixture.running().forEach(node -> await(node, "ada", "ben", "cat", "new"));
    for (LocalNode node : List.of(one, three)) {
      assertThat(told(node))
          .containsOnly(
              Map.entry("ben", List.of("leave", "join")),
              Map.entry("gone", List.of("leave")),
              Map.entry("lost", List.of("leave")),
              Map.entry("new", List.of("join")));
    }
    assertThat(told(two))
        .containsOnly(
            Map.entry("ada", List.of("leave", "join")),
            Map.entry("cat", List.of("leave", "join")),
            Map.entry("gone", List.of("leave")),
            Map.entry("lost", List.of("leave")),
            Map.entry("new", List.of("join")));
  }

  @Test
  void nobodyIsToldOfANodeThatIsBackWithinTheGrace() {
    start("PT1H");
    LocalNode one = clusterFixture.running().get(0);
    LocalNode two = clusterFixture.running().get(1);
    Client.connect(one, "ada");
    Client ben = Client.connect(two, "ben");
    Client.connect(two, "cat");
    clusterFixture.running().forEach(node -> await(node, "ada", "ben", "cat"));
    watch();
    clusterFixture.hang(two);
    clusterFixture.miss(two);
    clusterFixture.merge();
    clusterFixture.running().forEach(node -> await(node, "ada", "ben", "cat"));
    ben.end(LeaveReason.LEFT);
    Client.connect(two, "new");
    clusterFixture.running().forEach(node -> await(node, "ada", "cat", "new"));
    for (LocalNode node : clusterFixture.running()) {
      assertThat(told(node))
          .containsOnly(Map.entry("ben", List.of("leave")), Map.entry("new", List.of("join")));
    }
  }
}
