package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.PresenceView;
import org.rollcall.testing.TestToken;

/** What makes nodes on different servers one Rollcall. */
interface ClusterRules extends OnCluster {
  private static PhoenixClient watch(Node node, String id, String... friends) {
    PhoenixClient client = node.site().connect(TestToken.of(id).seeing(friends));
    client.join("user:" + id);
    client.next("user:" + id, "presence_state");
    client.next("user_presence:" + id, "presence_diff");
    return client;
  }

  private static void assertQuiet(List<PhoenixClient> watchers) {
    for (PhoenixClient watcher : watchers) {
      assertThat(watcher.nextWithin(Duration.ofMillis(500))).isEmpty();
      watcher.heartbeat();
    }
  }

  @Test
  @Order(1)
  default void eachChangeReachesFriendsOnEveryNodeOnce() {
    List<PhoenixClient> watchers = new ArrayList<>();
    try {
      for (Node node : cluster().nodes()) {
        watchers.add(watch(node, "cl1-watcher-" + node.name(), "cl1-al"));
      }
      for (Node node : cluster().nodes()) {
        PhoenixClient al = node.site().connect(TestToken.of("cl1-al"));
        Joined channel = al.join("user:cl1-al");
        @Nullable String ref = null;
        for (PhoenixClient watcher : watchers) {
          Frame join = watcher.next("user_presence:cl1-al", "presence_diff");
          assertThat(join.leaves()).isEmpty();
          ref = sameRef(ref, join.joins());
        }
        al.push(channel, "update", "{\"status\":\"away\"}");
        @Nullable String updated = null;
        for (PhoenixClient watcher : watchers) {
          Frame update = watcher.next("user_presence:cl1-al", "presence_diff");
          assertThat(PresenceView.refs(update.leaves(), "cl1-al")).containsExactly(ref);
          updated = sameRef(updated, update.joins());
        }
        al.disconnect();
        for (PhoenixClient watcher : watchers) {
          Frame leave = watcher.next("user_presence:cl1-al", "presence_diff");
          assertThat(leave.joins()).isEmpty();
          assertThat(PresenceView.refs(leave.leaves(), "cl1-al")).containsExactly(updated);
        }
        assertQuiet(watchers);
      }
    } finally {
      watchers.forEach(PhoenixClient::close);
    }
  }

  private static String sameRef(@Nullable String earlier, JsonObject joins) {
    Set<String> refs = PresenceView.refs(joins, "cl1-al");
    assertThat(refs).hasSize(1);
    String ref = refs.iterator().next();
    if (earlier != null) {
      assertThat(ref).as("the ref on another node").isEqualTo(earlier);
    }
    return ref;
  }

  @Test
  @Order(2)
  default void aUserOnSeveralNodesHasAMetaOnEach() {
    try (Crowd crowd = new Crowd(cluster())) {
      List<Node> nodes = cluster().nodes();
      List<Visitor> al =
          crowd.come(
              nodes.size(),
              n ->
                  new Visitor("cl2-al", List.of(), Doors.of(nodes.get(n)))
                      .on("user:cl2-al")
                      .on("room:cl2"));
      Visitor bo =
          crowd
              .come(
                  1,
                  n ->
                      new Visitor("cl2-bo", List.of("cl2-al"), Doors.of(nodes.get(1)))
                          .on("user:cl2-bo"))
              .get(0);
      crowd.awaitTruth(Duration.ofSeconds(10));
      assertThat(metas(bo)).hasSize(3);

      al.get(2).close();
      crowd.awaitTruth(Duration.ofSeconds(10));
      assertThat(metas(bo)).hasSize(2);
      assertThat(bo.presences("user:cl2-bo", PresencePage::changes))
          .filteredOn(change -> change.key().equals("cl2-al"))
          .singleElement()
          .matches(PresencePage.Change::isLeave);
    }
  }

  private static Set<String> metas(Visitor bo) {
    return bo.presences("user:cl2-bo", page -> page.refs().getOrDefault("cl2-al", Set.of()));
  }

  /**
   * Of a WildFly that stops, a node hears by such an end only, and leaves what it has to others.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  @Order(4)
  default void whoIsLostLeavesThoughSomebodyWasDisconnectedBefore(String name) {
    Node node = cluster().node(name);
    try (Crowd crowd = new Crowd(cluster())) {
      String ids = "cl4-" + name + "-";
      List<Visitor> visitors =
          crowd.come(
              3,
              n ->
                  new Visitor(ids + n, Crowd.ids(ids, 3), Doors.of(node))
                      .on("user:" + ids + n)
                      .on("count:cl4-" + name));
      crowd.awaitTruth(Duration.ofSeconds(10));
      visitors.get(0).leaveNext();
      node.site().asAdmin("DELETE", "users/" + ids + "0/sockets", "");
      crowd.awaitTruth(Duration.ofSeconds(10));
      visitors.get(1).vanish();
      crowd.awaitTruth(Duration.ofSeconds(10));
    }
  }

  @Test
  @Order(3)
  default void aRoomAndACountAreTheSameOnEveryNode() {
    try (Crowd crowd = new Crowd(cluster())) {
      List<Node> nodes = cluster().nodes();
      List<Visitor> visitors =
          crowd.come(
              12,
              n ->
                  new Visitor("cl3-" + n, Crowd.ids("cl3-", 12), Doors.of(nodes.get(n % 3)))
                      .on("user:cl3-" + n)
                      .on("room:cl3")
                      .on("count:cl3"));
      crowd.awaitTruth(Duration.ofSeconds(10));
      visitors.subList(0, 5).forEach(Visitor::close);
      crowd.awaitTruth(Duration.ofSeconds(10));
      for (Visitor visitor : visitors.subList(5, 12)) {
        assertThat(visitor.presences("room:cl3", PresencePage::changes))
            .filteredOn(PresencePage.Change::isLeave)
            .extracting(PresencePage.Change::key)
            .containsExactlyInAnyOrder("cl3-0", "cl3-1", "cl3-2", "cl3-3", "cl3-4");
      }
    }
  }
}
