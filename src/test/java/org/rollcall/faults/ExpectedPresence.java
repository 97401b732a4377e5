package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The presence that every node must answer and every page must show: the connected users, with a
 * meta for each connection, and no other.
 *
 * <p>The visitors are all that there ever were, so that a ghost of one who left is found.
 */
final class ExpectedPresence {
  private static final int MOST_ASKED = 100;

  private final List<ServerNode> nodes;
  private final List<Visitor> visitors;
  private final Predicate<Visitor> present;

  /**
   * Creates the truth of some nodes that see each other and nobody else.
   *
   * @param visitors all that there ever were
   * @param present those of them who are connected to these nodes now
   */
  ExpectedPresence(
      List<ServerNode> nodes, Collection<Visitor> visitors, Predicate<Visitor> present) {
    this.nodes = nodes;
    this.visitors = List.copyOf(visitors);
    this.present = present;
  }

  /** Fails with the first fault on any node or page. */
  void check() {
    for (Visitor visitor : visitors) {
      assertThat(visitor.wrong()).as("what %s should not have got", visitor.id()).isEmpty();
      assertThat(!present.test(visitor) || visitor.isReady())
          .as("%s shows a state on each channel", visitor.id())
          .isTrue();
    }
    Map<String, Set<String>> users = users();
    topics("room:").forEach(this::checkRoom);
    checkUsers(users);
    topics("count:").forEach(this::checkCount);
    RunningCluster.checkAgreement(nodes);
    RunningCluster.checkOwners(nodes);
  }

  private List<Visitor> present() {
    return visitors.stream().filter(present).toList();
  }

  /** Asks every node for every user; all must give the same refs, one for each connection. */
  private Map<String, Set<String>> users() {
    Map<String, Integer> expected = new TreeMap<>();
    for (Visitor visitor : visitors) {
      boolean here = present.test(visitor) && visitor.topics().contains("user:" + visitor.id());
      expected.merge(visitor.id(), here ? 1 : 0, Integer::sum);
    }
    Map<String, Set<String>> first = Map.of();
    for (ServerNode serverNode : nodes) {
      Map<String, Set<String>> known = ask(serverNode, List.copyOf(expected.keySet()));
      Map<String, Integer> sizes = new TreeMap<>();
      known.forEach((id, refs) -> sizes.put(id, refs.size()));
      assertThat(differences(sizes, expected))
          .as("users whose metas are not right on node %s", serverNode.name())
          .isEmpty();
      assertThat(first.isEmpty() ? List.of() : differences(known, first))
          .as("users whose refs are not those of another node, on node %s", serverNode.name())
          .isEmpty();
      first = known;
    }
    return first;
  }

  private static Map<String, Set<String>> ask(ServerNode serverNode, List<String> ids) {
    Map<String, Set<String>> known = new TreeMap<>();
    for (int from = 0; from < ids.size(); from += MOST_ASKED) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_ASKED));
      String query = some.stream().collect(Collectors.joining("&user=", "presence?user=", ""));
      String body = serverNode.site().asAdmin("GET", query, "").body();
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        JsonArray answers = reader.readArray();
        for (JsonObject answer : answers.getValuesAs(JsonObject.class)) {
          known.put(
              answer.getString("id"),
              answer.getJsonArray("metas").getValuesAs(JsonObject.class).stream()
                  .map(meta -> meta.getString("phx_ref"))
                  .collect(Collectors.toCollection(TreeSet::new)));
        }
      }
    }
    return known;
  }

  private static <T> List<String> differences(Map<String, T> found, Map<String, T> expected) {
    List<String> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(found.keySet());
    keys.addAll(expected.keySet());
    for (String key : keys) {
      T is = found.get(key);
      T should = expected.get(key);
      if (is == null || !is.equals(should)) {
        differences.add(key + " is " + is + ", should be " + should);
      }
    }
    return differences.size() > 20 ? differences.subList(0, 20) : differences;
  }

  private void checkUsers(Map<String, Set<String>> users) {
    for (Visitor visitor : present()) {
      String topic = "user:" + visitor.id();
      if (visitor.topics().contains(topic)) {
        Map<String, Set<String>> seen = new TreeMap<>();
        Set<String> visible = new TreeSet<>(visitor.friends());
        visible.add(visitor.id());
        visible.stream()
            .filter(id -> !users.getOrDefault(id, Set.of()).isEmpty())
            .forEach(id -> seen.put(id, users.getOrDefault(id, Set.of())));
        assertThat(differences(visitor.presences(topic, PresenceChannelView::refs), seen))
            .as("what %s sees of friends", visitor.id())
            .isEmpty();
      }
    }
  }

  /** Returns the topics of a kind, and who is there on each. */
  private Map<String, List<Visitor>> topics(String prefix) {
    Map<String, List<Visitor>> topics = new TreeMap<>();
    for (Visitor visitor : visitors) {
      visitor.topics().stream()
          .filter(topic -> topic.startsWith(prefix))
          .map(topic -> topics.computeIfAbsent(topic, any -> new ArrayList<>()))
          .filter(there -> present.test(visitor))
          .forEach(there -> there.add(visitor));
    }
    return topics;
  }

  private void checkRoom(String room, List<Visitor> there) {
    Map<String, Integer> expected = new TreeMap<>();
    there.forEach(visitor -> expected.merge(visitor.id(), 1, Integer::sum));
    for (Visitor visitor : there) {
      Map<String, Set<String>> shown = visitor.presences(room, PresenceChannelView::refs);
      Map<String, Integer> sizes = new TreeMap<>();
      shown.forEach((id, refs) -> sizes.put(id, refs.size()));
      assertThat(differences(sizes, expected))
          .as("what %s sees in %s", visitor.id(), room)
          .isEmpty();
      assertThat(differences(shown, there.get(0).presences(room, PresenceChannelView::refs)))
          .as("what %s sees in %s, unlike another", visitor.id(), room)
          .isEmpty();
    }
  }

  private void checkCount(String count, List<Visitor> there) {
    int users = there.size();
    for (Visitor visitor : there) {
      assertThat(visitor.counts(count, CountChannelView::users))
          .as("users of %s that %s sees", count, visitor.id())
          .isEqualTo(users);
    }
    for (ServerNode serverNode : nodes) {
      String body = serverNode.site().get("counts/" + count).body();
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        assertThat(reader.readObject().getJsonObject("users").getInt("count"))
            .as("users of %s on node %s", count, serverNode.name())
            .isEqualTo(users);
      }
    }
  }
}
