package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.ServerKind;

/** One of three nodes loses the others, while clients reach them all. */
@Tag("faults")
@Timeout(300)
final class PartitionIT {
  private static final Logger LOG = System.getLogger(PartitionIT.class.getName());
  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final Duration HEALED = Duration.ofSeconds(30);
  private static final int USERS = 20;

  private static @Nullable Network network;
  private static @Nullable RunningCluster cluster;

  @BeforeAll
  static void start() {
    Network created = Network.of(List.of("a", "b", "c"));
    network = created;
    cluster =
        RunningCluster.start(
            "partition",
            List.of(
                created.place("a", ServerKind.PAYARA_MICRO),
                created.place("b", ServerKind.WILDFLY),
                created.place("c", ServerKind.PAYARA_MICRO)),
            Map.of("rollcall.grace", "PT2S"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (network != null) {
      network.close();
    }
  }

  /** Node b is on WildFly; node a was there first and coordinates the others. */
  @ParameterizedTest
  @ValueSource(strings = {"b", "a"})
  void eachSideGoesOnByItselfAndNothingIsWrongAfterwards(String name) {
    RunningCluster nodes = Objects.requireNonNull(cluster);
    Network between = Objects.requireNonNull(network);
    ServerNode alone = nodes.node(name);
    List<ServerNode> together = nodes.others(alone);
    String prefix = "pa-" + name + "-";
    List<String> everyone = new ArrayList<>(List.of(prefix + "x-0", prefix + "y-0"));
    nodes
        .nodes()
        .forEach(
            serverNode ->
                everyone.addAll(VisitorGroup.ids(prefix + serverNode.name() + "-", USERS)));
    try (VisitorGroup visitorGroup = new VisitorGroup(nodes)) {
      List<Visitor> inside = new ArrayList<>();
      List<Visitor> outside = new ArrayList<>();
      for (ServerNode serverNode : nodes.nodes()) {
        (serverNode == alone ? inside : outside)
            .addAll(
                come(visitorGroup, USERS, prefix + serverNode.name() + "-", everyone, serverNode));
      }
      visitorGroup.awaitTruth(HEALED);

      final long cut = System.nanoTime();
      between.cut(name);
      Duration parted =
          visitorGroup
              .awaitTruth(NOTICED, List.of(alone), inside)
              .plus(visitorGroup.awaitTruth(NOTICED, together, outside));
      LOG.log(Level.INFO, "Cut {0} off: each side by itself after {1}", name, parted);
      assertEachLeftOnce(inside, outside, cut);
      assertEachLeftOnce(outside, inside, cut);

      inside.remove(0).close();
      outside.remove(0).close();
      inside.addAll(come(visitorGroup, 1, prefix + "x-", everyone, alone));
      outside.addAll(come(visitorGroup, 1, prefix + "y-", everyone, together.get(0)));
      Visitor mover = inside.remove(1);
      outside.add(mover);
      mover.moveTo(ServerPorts.of(together.get(1)));
      Stream.concat(inside.stream(), outside.stream())
          .forEach(visitor -> visitor.update("user:" + visitor.id(), "{\"during\":\"cut\"}"));
      visitorGroup.awaitTruth(NOTICED, List.of(alone), inside);
      visitorGroup.awaitTruth(NOTICED, together, outside);

      final long healed = System.nanoTime();
      between.heal(name);
      Duration right = visitorGroup.awaitTruth(HEALED);
      LOG.log(Level.INFO, "Joined {0} again: all right after {1}", name, right);
      List<Visitor> present = Stream.concat(inside.stream(), outside.stream()).toList();
      assertNobodyLeft(present, healed);
      assertThat(present)
          .filteredOn(visitor -> visitor != mover)
          .allSatisfy(visitor -> assertThat(visitor.closes()).isEmpty());
    }
  }

  private static List<Visitor> come(
      VisitorGroup visitorGroup,
      int many,
      String prefix,
      List<String> friends,
      ServerNode serverNode) {
    String place = prefix.substring(0, 5);
    return visitorGroup.come(
        many,
        n ->
            new Visitor(prefix + n, friends, ServerPorts.of(serverNode))
                .on("user:" + prefix + n)
                .on("room:" + place)
                .on("count:" + place));
  }

  private static void assertEachLeftOnce(List<Visitor> gone, List<Visitor> watchers, long cut) {
    List<String> ids = gone.stream().map(Visitor::id).toList();
    for (Visitor watcher : watchers) {
      assertThat(watcher.presences("user:" + watcher.id(), PresenceChannelView::changes))
          .as("what %s was told", watcher.id())
          .filteredOn(change -> change.nanos() >= cut)
          .allMatch(PresenceChannelView.Change::isLeave)
          .extracting(PresenceChannelView.Change::key)
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  /** A merge may raise one who left meanwhile, for a moment; nobody who is there leaves. */
  private static void assertNobodyLeft(List<Visitor> present, long healed) {
    List<String> ids = present.stream().map(Visitor::id).toList();
    for (Visitor visitor : present) {
      assertThat(visitor.presences("user:" + visitor.id(), PresenceChannelView::changes))
          .as("what %s was told after the cut", visitor.id())
          .filteredOn(change -> change.nanos() >= healed && ids.contains(change.key()))
          .noneMatch(PresenceChannelView.Change::isLeave);
    }
  }
}
