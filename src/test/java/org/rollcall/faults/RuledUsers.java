package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rollcall.testing.Await;
import org.rollcall.testing.TestToken;

/**
 * Users whom rules hide from one viewer, who is on every node. Each has one rule, made on one of
 * two nodes and lifted on the other.
 *
 * <p>Each user has a page on both nodes, and the viewer one on every node. The first few of each
 * kind are in a room with the viewer too.
 */
final class RuledUsers implements AutoCloseable {
  /** Who sees them. */
  static final String VIEWER = "vc-viewer";

  static final String ROOM = "room:vc";
  private static final int MOST_ASKED = 50;
  private static final Duration LIMIT = Duration.ofSeconds(45);

  private final List<ServerNode> makers;
  private final List<RuledUser> users = new ArrayList<>();
  private final Map<ServerNode, Visitor> viewers = new LinkedHashMap<>();

  /**
   * Creates users who are not there yet.
   *
   * @param makers the two nodes on which rules are made
   * @param tries how many rules of each kind are made on each of them
   */
  RuledUsers(List<ServerNode> makers, int tries) {
    this.makers = makers;
    for (RuledUser.Kind kind : RuledUser.Kind.values()) {
      for (int i = 0; i < tries * 2; i++) {
        ServerNode maker = makers.get(i % 2);
        users.add(new RuledUser(kind, i, maker, makers.get(1 - i % 2), new LinkedHashMap<>()));
      }
    }
  }

  /** Returns whom the viewer is to see. */
  List<String> ids() {
    return users.stream().map(RuledUser::id).toList();
  }

  /** Lets everybody come to the two nodes. */
  void come() {
    makers.forEach(serverNode -> users.forEach(user -> user.come(serverNode)));
    makers.forEach(this::view);
    users.forEach(user -> VisitorGroup.awaitReady(List.copyOf(user.pages().values())));
  }

  /** Lets the viewer come to one more node, and the first few of each kind. */
  void comeToo(ServerNode serverNode) {
    users.stream().filter(RuledUser::isInRoom).forEach(user -> user.come(serverNode));
    view(serverNode);
  }

  private void view(ServerNode serverNode) {
    Visitor viewer =
        new Visitor(VIEWER, ids(), ServerPorts.of(serverNode)).on("user:" + VIEWER).on(ROOM);
    viewers.put(serverNode, viewer.come());
    VisitorGroup.awaitReady(List.of(viewer));
  }

  /** Makes all rules, each on its node. */
  void make() {
    users.forEach(RuledUser::make);
  }

  /** Lifts all rules, each on the other node than it was made on. */
  void lift() {
    users.forEach(RuledUser::lift);
  }

  private Visitor viewer(ServerNode serverNode) {
    Visitor viewer = viewers.get(serverNode);
    if (viewer == null) {
      throw new IllegalStateException("The viewer is not on node " + serverNode.name());
    }
    return viewer;
  }

  /** Waits until the viewer sees each page of each user by every way that these nodes have. */
  void awaitShown(Collection<ServerNode> nodes) {
    Await.until(
        LIMIT,
        () -> {
          for (ServerNode serverNode : nodes) {
            Visitor viewer = viewer(serverNode);
            assertSizes(
                serverNode, viewer.presences("user:" + VIEWER, PresenceChannelView::refs), users);
            assertSizes(
                serverNode,
                viewer.presences(ROOM, PresenceChannelView::refs),
                users.stream().filter(RuledUser::isInRoom).toList());
            assertThat(listed(serverNode)).as("REST on %s", serverNode.name()).containsAll(ids());
          }
        });
  }

  private static void assertSizes(
      ServerNode serverNode, Map<String, Set<String>> seen, List<RuledUser> users) {
    for (RuledUser user : users) {
      assertThat(user.open()).as("pages of %s", user.id()).isEqualTo(user.pages().size());
      assertThat(seen.getOrDefault(user.id(), Set.of()))
          .as("what node %s shows of %s", serverNode.name(), user.id())
          .hasSize(user.open());
    }
  }

  /** Waits until these nodes show the viewer nobody, and let nobody in who is blocked. */
  void awaitGone(Collection<ServerNode> nodes) {
    Await.until(
        LIMIT,
        () -> {
          for (ServerNode serverNode : nodes) {
            Visitor viewer = viewer(serverNode);
            assertThat(viewer.isReady()).as("the viewer is on %s", serverNode.name()).isTrue();
            assertThat(viewer.presences("user:" + VIEWER, PresenceChannelView::refs).keySet())
                .as("whom node %s shows", serverNode.name())
                .doesNotContainAnyElementsOf(ids());
            assertThat(viewer.presences(ROOM, PresenceChannelView::refs).keySet())
                .as("whom node %s shows in the room", serverNode.name())
                .doesNotContainAnyElementsOf(ids());
            assertThat(listed(serverNode)).as("whom REST shows on %s", serverNode.name()).isEmpty();
            users.forEach(user -> checkOwn(user, serverNode));
          }
        });
  }

  /** Checks the effect of a rule on the user's own page, if there is one on the node. */
  private static void checkOwn(RuledUser user, ServerNode serverNode) {
    if (!user.pages().containsKey(serverNode)) {
      return;
    }
    Visitor page = user.page(serverNode);
    if (user.kind() == RuledUser.Kind.BLOCKED) {
      assertThat(page.isOpen()).as("%s is on %s", user.id(), serverNode.name()).isFalse();
      assertThat(page.closes()).as("%s", user.id()).last().isEqualTo(VisitorConnection.REFUSED);
    } else if (user.isInRoom()) {
      assertThat(page.isReady()).as("%s is on %s", user.id(), serverNode.name()).isTrue();
      boolean sees = page.presences(ROOM, PresenceChannelView::refs).containsKey(VIEWER);
      assertThat(sees)
          .as("%s sees the viewer", user.id())
          .isEqualTo(user.kind() == RuledUser.Kind.HIDDEN);
      if (user.kind() == RuledUser.Kind.HIDDEN) {
        assertThat(visibility(serverNode, user.id())).isEqualTo("nobody");
      }
    }
  }

  private static String visibility(ServerNode serverNode, String id) {
    String token = "Bearer " + TestToken.of(id).text();
    return object(serverNode.site().get("visibility", "Authorization", token).body())
        .getString("to");
  }

  /** Returns whom the API shows to the viewer. */
  private Set<String> listed(ServerNode serverNode) {
    String token = TestToken.of(VIEWER).seeing(ids().toArray(String[]::new)).text();
    Set<String> listed = new TreeSet<>();
    for (int from = 0; from < users.size(); from += MOST_ASKED) {
      String query =
          users.subList(from, Math.min(users.size(), from + MOST_ASKED)).stream()
              .map(RuledUser::id)
              .collect(Collectors.joining("&user=", "presence?user=", ""));
      String body = serverNode.site().get(query, "Authorization", "Bearer " + token).body();
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        reader.readArray().getValuesAs(JsonObject.class).stream()
            .filter(user -> !user.getJsonArray("metas").isEmpty())
            .forEach(user -> listed.add(user.getString("id")));
      }
    }
    return listed;
  }

  private static JsonObject object(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** Fails if a diff has shown anybody to the viewer since a moment. */
  void assertNothingShownSince(long nanos) {
    viewers
        .values()
        .forEach(
            viewer -> {
              for (String topic : viewer.topics()) {
                assertThat(viewer.presences(topic, PresenceChannelView::changes))
                    .filteredOn(change -> change.nanos() >= nanos && ids().contains(change.key()))
                    .isEmpty();
              }
            });
  }

  /** Fails if a page got a frame that a rule forbids, or was closed otherwise than by a rule. */
  void assertNothingWrong() {
    for (RuledUser user : users) {
      for (Visitor page : user.pages().values()) {
        assertThat(page.wrong()).as("what %s was told", user.id()).isEmpty();
      }
      if (user.kind() == RuledUser.Kind.BLOCKED) {
        makers.forEach(
            serverNode -> assertThat(user.page(serverNode).closes()).first().isEqualTo(1001));
      }
    }
  }

  @Override
  public void close() {
    users.forEach(user -> user.pages().values().forEach(Visitor::close));
    viewers.values().forEach(Visitor::close);
  }
}
