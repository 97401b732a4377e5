package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.Watcher;

/** The users who are connected to each node, and whether every node and every client shows them. */
final class ExpectedCluster {
  static final int TOPICS = 3;
  private static final Topic COUNT = new Topic("count:1");

  private final ClusterFixture clusterFixture;
  private final List<Connection> connections;
  private final Map<LocalNode, List<Watcher>> watchers = new HashMap<>();
  private final Map<LocalNode, CountWatcher> counters = new HashMap<>();

  ExpectedCluster(ClusterFixture clusterFixture, List<Connection> connections) {
    this.clusterFixture = clusterFixture;
    this.connections = connections;
  }

  /** A client's connection, as its node sees it. */
  static final class Connection {
    final LocalNode node;
    final Topic topic;
    final String key;
    private final Counts.Registration place;
    private final TrackedEntry entry;
    String given;

    Connection(LocalNode node, Topic topic, String key, String given) {
      this.node = node;
      this.topic = topic;
      this.key = key;
      this.given = given;
      this.entry = node.node().tracker().track(topic, key, Meta.of(1, given), () -> true);
      this.place = node.node().counts().enter(COUNT, Count.Kind.USER, new CountWatcher());
    }

    void update(String changed) {
      given = changed;
      entry.update(entry.meta().with(changed));
    }

    void end(LeaveReason leaveReason) {
      place.close();
      entry.end(leaveReason);
    }
  }

  static Topic topic(int number) {
    return new Topic("room:" + number);
  }

  void watch(LocalNode node) {
    List<Watcher> watching = new ArrayList<>();
    for (int i = 0; i < TOPICS; i++) {
      watching.add(new Watcher(node.node().tracker(), topic(i)));
    }
    watchers.put(node, watching);
    CountWatcher counter = new CountWatcher();
    node.node().counts().enter(COUNT, Count.Kind.NONE, counter);
    counters.put(node, counter);
  }

  void forget(LocalNode node) {
    watchers.remove(node);
    counters.remove(node);
  }

  /** Waits until all of it is right on nodes that are together, and on no others. */
  void compare(List<LocalNode> side) {
    List<Connection> here =
        connections.stream().filter(connection -> side.contains(connection.node)).toList();
    Map<Topic, Map<String, List<String>>> truth = new HashMap<>();
    for (int i = 0; i < TOPICS; i++) {
      truth.put(topic(i), new TreeMap<>());
    }
    for (Connection connection : here) {
      truth
          .getOrDefault(connection.topic, new TreeMap<>())
          .computeIfAbsent(connection.key, any -> new ArrayList<>())
          .add(connection.given);
    }
    truth.values().forEach(keys -> keys.values().forEach(given -> given.sort(null)));
    for (LocalNode node : side) {
      Await.until(
          () -> {
            String name = ClusterFixture.channel(node).getName();
            assertThat(strays(node, here.size())).as("the store of %s", name).isEmpty();
            assertThat(StaleEntries.of(node, clusterFixture))
                .as("the caches of %s", name)
                .isEmpty();
            for (int i = 0; i < TOPICS; i++) {
              compare(
                  name, node.node().tracker(), topic(i), truth.getOrDefault(topic(i), Map.of()));
              compare(name, node, i);
            }
            Count users = new Count(0, here.size());
            assertThat(node.node().counts().count(COUNT)).as("count on %s", name).isEqualTo(users);
            CountWatcher counter = counters.get(node);
            assertThat(counter == null ? null : counter.shown()).as(name).isEqualTo(users);
          });
    }
  }

  private static void compare(
      String name, Tracker tracker, Topic topic, Map<String, List<String>> truth) {
    Map<String, List<String>> told = new TreeMap<>();
    tracker
        .list(topic)
        .metas()
        .forEach((key, metas) -> told.put(key, metas.stream().map(Meta::given).sorted().toList()));
    assertThat(told).as("the state of %s on %s", topic, name).isEqualTo(truth);
  }

  private void compare(String name, LocalNode node, int number) {
    Map<String, Set<String>> refs = new TreeMap<>();
    node.node()
        .tracker()
        .list(topic(number))
        .metas()
        .forEach(
            (key, metas) ->
                metas.forEach(
                    meta -> refs.computeIfAbsent(key, any -> new TreeSet<>()).add(meta.ref())));
    assertThat(watchers.getOrDefault(node, List.of()).get(number).state())
        .as("a client of %s", name)
        .isEqualTo(refs);
  }

  /** Returns the differences between a node's store and the expected entries. */
  private List<String> strays(LocalNode node, int expected) {
    Map<PresenceEntry, String> held = new HashMap<>();
    for (LocalNode owner : clusterFixture.side(node)) {
      String name = ClusterFixture.channel(owner).getName();
      owner.node().tracker().replica().forEachOwn(entry -> held.put(entry, name));
    }
    int missing = expected - held.size();
    List<String> strays = new ArrayList<>();
    if (missing != 0) {
      strays.add(missing + " connections have no entry");
    }
    InfinispanPresenceStore store = node.node().caches().entries();
    store.forEach(
        entry -> {
          if (held.remove(entry) == null) {
            strays.add("a ghost of " + clusterFixture.names().get(entry.owner()) + ": " + entry);
          }
        });
    held.forEach((entry, name) -> strays.add("missing of " + name + ": " + entry));
    return strays;
  }
}
