package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.presence.Departure;
import org.rollcall.presence.Entry;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.Watcher;

/**
 * A random walk of a cluster, beside which runs the truth: who is connected to which node.
 *
 * <p>After each phase all is quiet, and every node's state, every watcher's folded diffs, the store
 * and the counts must be that truth, whatever crashed or was cut apart meanwhile.
 */
final class ClusterWalk implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.grace", "PT0.2S",
          "rollcall.grace.away", "PT0.1S",
          "rollcall.counts.interval", "PT0.02S");
  private static final List<Departure> DEPARTURES =
      List.of(Departure.LEFT, Departure.AWAY, Departure.LOST);
  private static final int TOPICS = 3;
  private static final int KEYS = 5;

  private final Random random;
  private final Nodes nodes = new Nodes(SETTINGS);
  private final List<Connection> connections = new ArrayList<>();
  private final Map<LocalNode, List<Watcher>> watchers = new HashMap<>();
  private final Map<LocalNode, CountWatcher> tallies = new HashMap<>();
  private boolean split;

  /** A client's connection, as its node believes it. */
  private static final class Connection {
    private final LocalNode node;
    private final Topic topic;
    private final String key;
    private final Counts.Place place;
    private Entry entry;
    private String given;

    Connection(LocalNode node, Topic topic, String key, String given) {
      this.node = node;
      this.topic = topic;
      this.key = key;
      this.given = given;
      this.entry = node.node().tracker().track(topic, key, Meta.of(1, given));
      this.place = node.node().counts().enter(COUNT, Count.Kind.USER, new CountWatcher());
    }

    void update(String changed) {
      given = changed;
      entry = node.node().tracker().update(entry, entry.meta().with(changed));
    }

    void end(Departure departure) {
      place.close();
      node.node().tracker().end(entry, departure);
    }
  }

  private static final Topic COUNT = new Topic("count:1");

  ClusterWalk(long seed, int size) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      start();
    }
  }

  private void start() {
    LocalNode node = nodes.start();
    List<Watcher> watching = new ArrayList<>();
    for (int i = 0; i < TOPICS; i++) {
      watching.add(new Watcher(node.node().tracker(), topic(i)));
    }
    watchers.put(node, watching);
    CountWatcher tally = new CountWatcher();
    node.node().counts().enter(COUNT, Count.Kind.NONE, tally);
    tallies.put(node, tally);
  }

  private static Topic topic(int number) {
    return new Topic("room:" + number);
  }

  private LocalNode anyNode() {
    return nodes.running().get(random.nextInt(nodes.running().size()));
  }

  /** Takes some steps, lets all come to rest, and compares. */
  void phase(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    if (split) {
      split = false;
      nodes.merge();
    }
    compare();
  }

  private void step() {
    int kind = random.nextInt(1000);
    if (kind < 400 || connections.isEmpty()) {
      connections.add(
          new Connection(
              anyNode(),
              topic(random.nextInt(TOPICS)),
              "k" + random.nextInt(KEYS),
              "\"n\":" + random.nextInt(2)));
    } else if (kind < 550) {
      connections.get(random.nextInt(connections.size())).update("\"n\":" + random.nextInt(9));
    } else if (kind < 750) {
      anyOut().end(DEPARTURES.get(random.nextInt(DEPARTURES.size())));
    } else if (kind < 970) {
      Connection lost = anyOut();
      lost.end(Departure.LOST);
      connections.add(new Connection(anyNode(), lost.topic, lost.key, lost.given));
    } else {
      fault(random.nextInt(4));
    }
  }

  private Connection anyOut() {
    return connections.remove(random.nextInt(connections.size()));
  }

  private void fault(int kind) {
    int size = nodes.running().size();
    if (kind == 0 && size > 1 && !split) {
      LocalNode node = anyNode();
      forget(node);
      nodes.crash(node);
    } else if (kind == 1 && size > 1 && !split) {
      int cut = 1 + random.nextInt(size - 1);
      List<LocalNode> all = List.copyOf(nodes.running());
      nodes.split(List.of(all.subList(0, cut), all.subList(cut, size)));
      split = true;
    } else if (kind == 2 && split) {
      split = false;
      nodes.merge();
    } else if (kind == 3 && size < 3 && !split) {
      start();
    }
  }

  private void forget(LocalNode node) {
    connections.removeIf(connection -> connection.node == node);
    watchers.remove(node);
    tallies.remove(node);
  }

  private void compare() {
    Map<Topic, Map<String, List<String>>> truth = new HashMap<>();
    for (int i = 0; i < TOPICS; i++) {
      truth.put(topic(i), new TreeMap<>());
    }
    for (Connection connection : connections) {
      truth
          .getOrDefault(connection.topic, new TreeMap<>())
          .computeIfAbsent(connection.key, any -> new ArrayList<>())
          .add(connection.given);
    }
    truth.values().forEach(keys -> keys.values().forEach(given -> given.sort(null)));
    for (LocalNode node : nodes.running()) {
      Await.until(
          () -> {
            String name = Nodes.channel(node).getName();
            for (int i = 0; i < TOPICS; i++) {
              compare(
                  name, node.node().tracker(), topic(i), truth.getOrDefault(topic(i), Map.of()));
              compare(name, node, i);
            }
            assertThat(stored(node)).as("the store of %s", name).hasSameSizeAs(connections);
            Count users = new Count(0, connections.size());
            assertThat(node.node().counts().count(COUNT)).as("count on %s", name).isEqualTo(users);
            CountWatcher tally = tallies.get(node);
            assertThat(tally == null ? null : tally.shown()).as(name).isEqualTo(users);
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

  private static List<Entry.Id> stored(LocalNode node) {
    List<Entry.Id> ids = new ArrayList<>();
    node.node().cluster().entries().forEach(ids::add);
    return ids;
  }

  @Override
  public void close() {
    nodes.close();
  }
}
