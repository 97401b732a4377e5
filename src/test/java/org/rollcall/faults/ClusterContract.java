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
interface ClusterContract extends OnCluster {
  private static PhoenixClient watch(ServerNode serverNode, String id, String... friends) {
    PhoenixClient client = serverNode.site().connect(TestToken.of(id).seeing(friends));
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
      for (ServerNode serverNode : cluster().nodes()) {
        watchers.add(watch(serverNode, "cl1-watcher-" + serverNode.name(), "cl1-al"));
      }
      for (ServerNode serverNode : cluster().nodes()) {
        PhoenixClient al = serverNode.site().connect(TestToken.of("cl1-al"));
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
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      List<ServerNode> nodes = cluster().nodes();
      List<Visitor> al =
          visitorGroup.come(
              nodes.size(),
              n ->
                  new Visitor("cl2-al", List.of(), ServerPorts.of(nodes.get(n)))
                      .on("user:cl2-al")
                      .on("room:cl2"));
      Visitor bo =
          visitorGroup
              .come(
                  1,
                  n ->
                      new Visitor("cl2-bo", List.of("cl2-al"), ServerPorts.of(nodes.get(1)))
                          .on("user:cl2-bo"))
              .get(0);
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      assertThat(metas(bo)).hasSize(3);

      al.get(2).close();
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      assertThat(metas(bo)).hasSize(2);
      assertThat(bo.presences("user:cl2-bo", PresenceChannelView::changes))
          .filteredOn(change -> change.key().equals("cl2-al"))
          .singleElement()
          .matches(PresenceChannelView.Change::isLeave);
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
  default void aLostUserLeavesThoughAnotherWasDisconnectedBefore(String name) {
    ServerNode serverNode = cluster().node(name);
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      String ids = "cl4-" + name + "-";
      List<Visitor> visitors =
          visitorGroup.come(
              3,
              n ->
                  new Visitor(ids + n, VisitorGroup.ids(ids, 3), ServerPorts.of(serverNode))
                      .on("user:" + ids + n)
                      .on("count:cl4-" + name));
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      visitors.get(0).leaveNext();
      serverNode.site().asAdmin("DELETE", "users/" + ids + "0/sockets", "");
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      visitors.get(1).vanish();
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
    }
  }

  @Test
  @Order(3)
  default void aRoomAndACountAreTheSameOnEveryNode() {
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      List<ServerNode> nodes = cluster().nodes();
      List<Visitor> visitors =
          visitorGroup.come(
              12,
              n ->
                  new Visitor(
                          "cl3-" + n,
                          VisitorGroup.ids("cl3-", 12),
                          ServerPorts.of(nodes.get(n % 3)))
                      .on("user:cl3-" + n)
                      .on("room:cl3")
                      .on("count:cl3"));
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      visitors.subList(0, 5).forEach(Visitor::close);
      visitorGroup.awaitTruth(Duration.ofSeconds(10));
      for (Visitor visitor : visitors.subList(5, 12)) {
        assertThat(visitor.presences("room:cl3", PresenceChannelView::changes))
            .filteredOn(PresenceChannelView.Change::isLeave)
            .extracting(PresenceChannelView.Change::key)
            .containsExactlyInAnyOrder("cl3-0", "cl3-1", "cl3-2", "cl3-3", "cl3-4");
      }
    }
  }
}
