package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.topology.CacheTopology;
import org.infinispan.topology.LocalTopologyManager;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.pbcast.GMS;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** A cluster in this process, which can be cut apart. */
public final class ClusterFixture implements AutoCloseable {
  private final Map<String, String> settings;
  private final Function<Map<String, String>, LocalNode> start;
  private final List<LocalNode> running = new ArrayList<>();
  private final List<List<LocalNode>> parts = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private boolean missed;

  ClusterFixture(Map<String, String> settings) {
    this(settings, LocalNode::start);
  }

  /**
   * Creates a cluster without nodes.
   *
   * @param start starts a node with its settings
   */
  ClusterFixture(Map<String, String> settings, Function<Map<String, String>, LocalNode> start) {
    this.settings = settings;
    this.start = start;
  }

  LocalNode start() {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("rollcall.cluster", "src/test/resources/jgroups-test.xml");
    String name = "node-" + (names.size() + 1);
    all.put("rollcall.node", name);
    LocalNode node = start.apply(all);
    names.put(node.node().caches().members().self(), name);
    running.add(node);
    awaitView(running);
    return node;
  }

  static JChannel channel(LocalNode node) {
    return node.node().caches().channel().orElseThrow();
  }

  public static void awaitView(Collection<LocalNode> nodes) {
    for (LocalNode node : nodes) {
      Await.until(
          () ->
              assertThat(node.node().caches().members().up())
                  .as("view of %s", channel(node).getName())
                  .hasSize(nodes.size()));
    }
  }

  List<LocalNode> running() {
    return running;
  }

  /** Returns the names of all nodes that there ever were, by their ids. */
  Map<String, String> names() {
    return names;
  }

  /** Returns those of them that a node is not together with. */
  Map<String, String> outside(LocalNode node) {
    Map<String, String> outside = new HashMap<>(names);
    side(node).forEach(other -> outside.remove(other.node().caches().members().self()));
    return outside;
  }

  /** Returns the nodes that a node is together with, itself among them. */
  List<LocalNode> side(LocalNode node) {
    return parts.stream().filter(part -> part.contains(node)).findFirst().orElse(running);
  }

  private void part(List<List<LocalNode>> now) {
    parts.clear();
    now.forEach(part -> parts.add(new ArrayList<>(part)));
  }

  /** Cuts the cluster into parts, which know of it at once. */
  void split(List<List<LocalNode>> into) {
    if (missed) {
      awaitSettled(running);
      missed = false;
    }
    part(into);
    for (List<LocalNode> part : parts) {
      Set<Address> strangers = new HashSet<>();
      running.forEach(node -> strangers.add(channel(node).getAddress()));
      part.forEach(node -> strangers.remove(channel(node).getAddress()));
      for (LocalNode node : part) {
        discard(node).resetIgnoredMembers();
        strangers.forEach(discard(node)::addIgnoreMember);
      }
    }
    parts.forEach(ClusterFixture::install);
    parts.forEach(ClusterFixture::awaitView);
  }

  private static void install(List<LocalNode> part) {
    JChannel first = channel(part.get(0));
    List<Address> members =
        first.getView().getMembers().stream()
            .filter(
                member -> part.stream().anyMatch(node -> channel(node).getAddress().equals(member)))
            .toList();
    long id =
        part.stream()
            .mapToLong(node -> channel(node).getView().getViewId().getId())
            .max()
            .orElse(0);
    View view = View.create(members.get(0), id + 1, members);
    for (LocalNode node : part) {
      GMS gms = channel(node).getProtocolStack().findProtocol(GMS.class);
      gms.installView(view);
    }
  }

  /** Joins all parts again, and waits until JGroups has found out. */
  void merge() {
    parts.clear();
    for (LocalNode node : running) {
      discard(node).resetIgnoredMembers();
    }
    awaitView(running);
  }

  /**
   * Waits until JGroups and Infinispan have done with the last change of the view. Infinispan 16.1
   * loses its registry of configurations if the coordinator dies or stops within milliseconds of a
   * merge; no node can start after that. A node that hangs in the middle of a merge may keep
   * JGroups from the next one for longer than is waited for here. And a node that hung, is back,
   * and is cut off within milliseconds of that goes on waiting for the others at each write, until
   * the next change of its view.
   */
  private static void awaitSettled(List<LocalNode> side) {
    for (LocalNode node : side) {
      LocalTopologyManager topologies =
          GlobalComponentRegistry.of(node.node().caches().manager()).getLocalTopologyManager();
      GMS gms = channel(node).getProtocolStack().findProtocol(GMS.class);
      Await.until(() -> assertThat(gms.isMergeInProgress()).isFalse());
      Await.until(
          () ->
              assertThat(CacheConfigurations.ALL)
                  .allSatisfy(
                      cache -> {
                        CacheTopology topology = topologies.getCacheTopology(cache);
                        assertThat(topology.getPhase()).isEqualTo(CacheTopology.Phase.NO_REBALANCE);
                        assertThat(topology.getActualMembers()).hasSize(side.size());
                      }));
    }
  }

  /** Ends a node as kill -9 does: nobody hears of it again. */
  void crash(LocalNode node) {
    hang(node);
    findOut(node);
  }

  /** Has a node and the others hear nothing of each other, which nobody knows yet. */
  void hang(LocalNode node) {
    awaitSettled(side(node));
    for (LocalNode other : running) {
      if (other != node) {
        discard(node).addIgnoreMember(channel(other).getAddress());
        discard(other).addIgnoreMember(channel(node).getAddress());
      }
    }
  }

  // Not discardAll: with it a sending thread delivers to its own node.
  private static DISCARD discard(LocalNode node) {
    return channel(node).getProtocolStack().findProtocol(DISCARD.class);
  }

  /** Takes a node that hangs out of the others' view; it may be back with {@link #merge}. */
  void miss(LocalNode node) {
    List<LocalNode> rest = new ArrayList<>(running);
    rest.remove(node);
    missed = true;
    part(List.of(rest, List.of(node)));
    install(rest);
    awaitView(rest);
  }

  /** Takes a node that hangs out of the others' view, and ends it. */
  void findOut(LocalNode node) {
    List<LocalNode> rest = remove(node);
    if (!rest.isEmpty()) {
      install(rest);
    }
    awaitView(rest);
    node.close();
  }

  void stop(LocalNode node) {
    awaitSettled(side(node));
    List<LocalNode> rest = remove(node);
    node.close();
    awaitView(rest);
  }

  /** Counts a node as running no more. Returns those that it was together with. */
  private List<LocalNode> remove(LocalNode node) {
    List<LocalNode> side = side(node);
    side.remove(node);
    running.remove(node);
    parts.removeIf(List::isEmpty);
    return side;
  }

  @Override
  public void close() {
    List.copyOf(running).forEach(LocalNode::close);
  }
}
