package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.TestToken;

/**
 * Nodes that share a database: it is changed on two of them at once, it is far away, it is gone.
 */
interface DatabaseRules extends OnCluster {
  Duration BACK = Duration.ofSeconds(10);

  /** What an administrator may change of rules, with nothing changed in the end. */
  List<String> RULES =
      List.of(
          "POST users/dd-eve/block",
          "POST users/dd-eve/unblock",
          "PUT users/dd-eve/blocks/dd-cy",
          "DELETE users/dd-eve/blocks/dd-cy");

  /** The same of friends and rules. */
  List<String> EDITS =
      Stream.concat(
              Stream.of(
                  "PUT users/dd-bo/friends [\"dd-al\"]",
                  "PUT users/dd-bo/friends/dd-cy",
                  "DELETE users/dd-bo/friends/dd-cy"),
              RULES.stream())
          .toList();

  List<String> UNDO = List.of("DELETE users/df-bo/blocks/df-al", "POST users/df-al/unblock");

  /** Returns the database of all nodes. */
  SharedDatabase database();

  /** Returns a node whose friends are a query on the same lists. */
  Node third();

  /** Lets a user see others. */
  void befriend(String user, List<String> others);

  private static int status(Node node, String request) {
    String[] parts = (request + " ").split(" ", 3);
    return node.site().asAdmin(parts[0], parts[1], parts[2].strip()).statusCode();
  }

  private static int asUser(Node node, String user, String request) {
    String[] parts = request.split(" ", 2);
    String token = "Bearer " + TestToken.of(user).text();
    return node.site().send(parts[0], parts[1], "", "Authorization", token).statusCode();
  }

  @ParameterizedTest
  @Order(54)
  @CsvSource({
    "PUT users/dr-al/blocks/dr-bo, DELETE users/dr-al/blocks/dr-bo",
    "PUT users/dr-al/blocks/dr-bo, PUT users/dr-bo/blocks/dr-al",
    "POST users/dr-al/block, POST users/dr-al/unblock",
  })
  default void ofRulesThatAreChangedOnTwoNodesAtOnceOneStays(String one, String other)
      throws Exception {
    List<Node> nodes = List.of(cluster().node("a"), cluster().node("b"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Node node = nodes.get(i % 2);
          String request = (i / 2 + i + round) % 2 == 0 ? one : other;
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return status(node, request);
                  }));
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isEqualTo(204);
        }
        int rows =
            database().count("select count(*) from rollcall_rules where user_id like 'dr-%'");
        for (Node node : nodes) {
          assertThat(rules(node)).as("on %s in round %s", node.name(), round).isEqualTo(rows);
        }
      }
    } finally {
      threads.shutdownNow();
      status(nodes.get(0), "DELETE users/dr-al/blocks/dr-bo");
      status(nodes.get(0), "POST users/dr-al/unblock");
    }
  }

  private static int rules(Node node) {
    boolean apart =
        node.site().asAdmin("GET", "users/dr-al/blocks", "").body().contains("\"dr-bo\"");
    boolean blocked = asUser(node, "dr-al", "POST token") == 401;
    return (apart ? 1 : 0) + (blocked ? 1 : 0);
  }

  @ParameterizedTest
  @Order(55)
  @CsvSource(
      delimiter = '|',
      value = {
        "a|DELETE users/df-bo/friends/df-al",
        "b|PUT users/df-bo/friends [\"df-cy\"]",
        "a|PUT users/df-bo/blocks/df-al",
        "b|PUT users/df-al/blocks/df-bo",
        "b|POST users/df-al/block",
        "a|visibility {\"to\":\"nobody\"}",
      })
  default void onceTheAnswerIsThereNobodyIsToldMoreOnAnyNode(String told, String request) {
    Node at = cluster().node(told.equals("a") ? "b" : "a");
    boolean wish = request.startsWith("visibility");
    // As far away as a database in another place.
    database().way().delay(Duration.ofMillis(30));
    befriend("df-bo", List.of("df-al", "df-cy"));
    try (FarFriend friend = new FarFriend(cluster(), at)) {
      friend.come();
      if (wish) {
        friend.push("visibility", request.substring(request.indexOf('{')));
      } else {
        assertThat(status(cluster().node(told), request)).isEqualTo(204);
      }
      friend.assertShownNoMore();
      if (wish) {
        friend.push("visibility", "{\"to\":\"friends\"}");
      }
    } finally {
      database().way().delay(Duration.ZERO);
      for (String undo : UNDO) {
        assertThat(status(at, undo)).as(undo).isEqualTo(204);
      }
    }
  }

  @Test
  @Order(60)
  default void friendsAndRulesAreBackAsSoonAsTheDatabaseIs() {
    if (!third().isAlive()) {
      third().start();
      third().awaitUp();
    }
    befriend("dd-bo", List.of("dd-al"));
    List<Node> nodes = List.of(cluster().node("a"), cluster().node("b"), third());
    nodes.forEach(node -> assertAnswers(node, false));
    try (Crowd crowd = new Crowd(cluster())) {
      crowd.come(1, n -> new Visitor("dd-al", List.of(), Doors.of(nodes)).on("user:dd-al"));
      List<Visitor> viewers =
          crowd.come(
              nodes.size(),
              n -> new Visitor("dd-bo", List.of(), Doors.of(nodes.get(n))).on("user:dd-bo"));
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      database().stop();
      for (int round = 0; round < 2; round++) {
        nodes.forEach(node -> assertAnswers(node, true));
      }
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      database().start();
      for (Node node : nodes) {
        Duration took = Await.until(BACK, () -> assertThat(read(node)).isEqualTo(200));
        log().log(Level.INFO, "Friends were back on {0} after {1}", node.name(), took);
        assertAnswers(node, false);
      }
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.wrong()).isEmpty());
    }
  }

  private static Logger log() {
    return System.getLogger(DatabaseRules.class.getName());
  }

  private static int read(Node node) {
    return status(node, "GET users/dd-bo/friends");
  }

  /** Fails unless each request is right, or is 503 if the database is down. */
  private static void assertAnswers(Node node, boolean down) {
    boolean edits = !"sql".equals(node.settings().get("rollcall.friends"));
    for (String request : edits ? EDITS : RULES) {
      int status = status(node, request);
      if (down) {
        assertThat(status).as("%s on %s", request, node.name()).isEqualTo(503);
      } else {
        assertThat(status).as("%s on %s", request, node.name()).isBetween(200, 204);
      }
    }
    HttpResponse<String> friends = node.site().asAdmin("GET", "users/dd-bo/friends", "");
    assertThat(friends.statusCode()).as("on %s", node.name()).isEqualTo(down ? 503 : 200);
    if (!down) {
      assertThat(friends.body()).as("on %s", node.name()).isEqualTo("[\"dd-al\"]");
    }
    int expected = down ? 503 : 200;
    assertThat(asUser(node, "dd-bo", "GET presence/dd-al")).isEqualTo(expected);
    if (edits) {
      assertThat(asUser(node, "dd-bo", "GET visibility")).isEqualTo(expected);
    }
  }
}
