package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;

/** A node that hangs for a while: what others show of its users, and what its own clients show. */
interface FreezeContract extends OnCluster {
  int USERS = 20;

  private static Logger log() {
    return System.getLogger(FreezeContract.class.getName());
  }

  /** Node b is on WildFly; node a was there first and coordinates the others. */
  @ParameterizedTest
  @ValueSource(strings = {"b", "a"})
  @Order(20)
  default void aNodeThatHungIsRightAgainAndSoAreItsClients(String name) {
    ServerNode frozen = cluster().node(name);
    String prefix = "fr-" + name + "-";
    List<String> everyone = new ArrayList<>();
    for (ServerNode serverNode : cluster().nodes()) {
      everyone.addAll(VisitorGroup.ids(prefix + serverNode.name() + "-", USERS));
    }
    everyone.add(prefix + "newcomer");
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      List<Visitor> inside = new ArrayList<>();
      List<Visitor> outside = new ArrayList<>();
      for (ServerNode serverNode : cluster().nodes()) {
        List<Visitor> come =
            visitorGroup.come(
                USERS, n -> visitor(prefix, serverNode.name() + "-" + n, everyone, serverNode));
        (serverNode == frozen ? inside : outside).addAll(come);
      }
      visitorGroup.awaitTruth(Duration.ofSeconds(30));

      final long begin = System.nanoTime();
      frozen.freeze();
      List<String> ids = inside.stream().map(Visitor::id).toList();
      try {
        Await.until("all have left", Duration.ofSeconds(30), () -> noneShown(outside, ids));
        log().log(Level.INFO, "Froze {0}: all left after {1}", name, since(begin));
        outside.remove(0).close();
        visitorGroup.come(
            1, n -> visitor(prefix, "newcomer", everyone, cluster().others(frozen).get(0)));
      } finally {
        frozen.thaw();
      }
      Duration right = visitorGroup.awaitTruth(Duration.ofSeconds(60));
      log().log(Level.INFO, "Thawed {0}: all right after {1}", name, right);

      for (Visitor visitor : outside) {
        assertThat(visitor.presences("user:" + visitor.id(), PresenceChannelView::changes))
            .as("what %s was told", visitor.id())
            .filteredOn(change -> change.nanos() >= begin && ids.contains(change.key()))
            .filteredOn(PresenceChannelView.Change::isLeave)
            .extracting(PresenceChannelView.Change::key)
            .containsExactlyInAnyOrderElementsOf(ids);
      }
      assertThat(inside).allSatisfy(visitor -> assertThat(visitor.closes()).isEmpty());
      inside.forEach(visitor -> visitor.update("user:" + visitor.id(), "{\"back\":true}"));
      Await.until(
          "updates are seen",
          Duration.ofSeconds(20),
          () -> outside.stream().allMatch(visitor -> updates(visitor, ids, begin) == USERS));
      visitorGroup.awaitTruth(Duration.ofSeconds(20));
    }
  }

  private static Visitor visitor(
      String prefix, String name, List<String> friends, ServerNode serverNode) {
    return new Visitor(prefix + name, friends, ServerPorts.of(serverNode))
        .on("user:" + prefix + name)
        .on("room:" + prefix)
        .on("count:" + prefix);
  }

  private static boolean noneShown(List<Visitor> visitors, List<String> ids) {
    return visitors.stream()
        .map(visitor -> visitor.presences("user:" + visitor.id(), PresenceChannelView::refs))
        .noneMatch(refs -> ids.stream().anyMatch(refs::containsKey));
  }

  private static long updates(Visitor visitor, List<String> ids, long begin) {
    return visitor.presences("user:" + visitor.id(), PresenceChannelView::changes).stream()
        .filter(change -> change.nanos() >= begin && ids.contains(change.key()))
        .filter(change -> !change.isJoin() && !change.isLeave())
        .count();
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
