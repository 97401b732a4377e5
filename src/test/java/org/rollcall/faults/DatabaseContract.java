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

/** Nodes that share a database: it is changed on two of them at once, is slow, or is down. */
interface DatabaseContract extends OnCluster {
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
  ServerNode third();

  /** Lets a user see others. */
  void befriend(String user, List<String> others);

  private static int status(ServerNode serverNode, String request) {
    String[] parts = (request + " ").split(" ", 3);
    return serverNode.site().asAdmin(parts[0], parts[1], parts[2].strip()).statusCode();
  }

  private static int asUser(ServerNode serverNode, String user, String request) {
    String[] parts = request.split(" ", 2);
    String token = "Bearer " + TestToken.of(user).text();
    return serverNode.site().send(parts[0], parts[1], "", "Authorization", token).statusCode();
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
    List<ServerNode> nodes = List.of(cluster().node("a"), cluster().node("b"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          ServerNode serverNode = nodes.get(i % 2);
          String request = (i / 2 + i + round) % 2 == 0 ? one : other;
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return status(serverNode, request);
                  }));
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isEqualTo(204);
        }
        int rows =
            database().count("select count(*) from rollcall_rules where user_id like 'dr-%'");
        for (ServerNode serverNode : nodes) {
          assertThat(rules(serverNode))
              .as("on %s in round %s", serverNode.name(), round)
              .isEqualTo(rows);
        }
      }
    } finally {
      threads.shutdownNow();
      status(nodes.get(0), "DELETE users/dr-al/blocks/dr-bo");
      status(nodes.get(0), "POST users/dr-al/unblock");
    }
  }

  private static int rules(ServerNode serverNode) {
    boolean apart =
        serverNode.site().asAdmin("GET", "users/dr-al/blocks", "").body().contains("\"dr-bo\"");
    boolean blocked = asUser(serverNode, "dr-al", "POST token") == 401;
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
    ServerNode at = cluster().node(told.equals("a") ? "b" : "a");
    boolean visibility = request.startsWith("visibility");
    // As far away as a database in another place.
    database().way().delay(Duration.ofMillis(30));
    befriend("df-bo", List.of("df-al", "df-cy"));
    try (RemoteFriend friend = new RemoteFriend(cluster(), at)) {
      friend.come();
      if (visibility) {
        friend.push("visibility", request.substring(request.indexOf('{')));
      } else {
        assertThat(status(cluster().node(told), request)).isEqualTo(204);
      }
      friend.assertShownNoMore();
      if (visibility) {
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
    List<ServerNode> nodes = List.of(cluster().node("a"), cluster().node("b"), third());
    nodes.forEach(serverNode -> assertAnswers(serverNode, false));
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      visitorGroup.come(
          1, n -> new Visitor("dd-al", List.of(), ServerPorts.of(nodes)).on("user:dd-al"));
      List<Visitor> viewers =
          visitorGroup.come(
              nodes.size(),
              n -> new Visitor("dd-bo", List.of(), ServerPorts.of(nodes.get(n))).on("user:dd-bo"));
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      database().stop();
      for (int round = 0; round < 2; round++) {
        nodes.forEach(serverNode -> assertAnswers(serverNode, true));
      }
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      database().start();
      for (ServerNode serverNode : nodes) {
        Duration took = Await.until(BACK, () -> assertThat(read(serverNode)).isEqualTo(200));
        log().log(Level.INFO, "Friends were back on {0} after {1}", serverNode.name(), took);
        assertAnswers(serverNode, false);
      }
      VisibilityContract.awaitSeen(viewers, "dd-al", true);
      assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.wrong()).isEmpty());
    }
  }

  private static Logger log() {
    return System.getLogger(DatabaseContract.class.getName());
  }

  private static int read(ServerNode serverNode) {
    return status(serverNode, "GET users/dd-bo/friends");
  }

  /** Fails unless each request is right, or is 503 if the database is down. */
  private static void assertAnswers(ServerNode serverNode, boolean down) {
    boolean edits = !"sql".equals(serverNode.settings().get("rollcall.friends"));
    for (String request : edits ? EDITS : RULES) {
      int status = status(serverNode, request);
      if (down) {
        assertThat(status).as("%s on %s", request, serverNode.name()).isEqualTo(503);
      } else {
        assertThat(status).as("%s on %s", request, serverNode.name()).isBetween(200, 204);
      }
    }
    HttpResponse<String> friends = serverNode.site().asAdmin("GET", "users/dd-bo/friends", "");
    assertThat(friends.statusCode()).as("on %s", serverNode.name()).isEqualTo(down ? 503 : 200);
    if (!down) {
      assertThat(friends.body()).as("on %s", serverNode.name()).isEqualTo("[\"dd-al\"]");
    }
    int expected = down ? 503 : 200;
    assertThat(asUser(serverNode, "dd-bo", "GET presence/dd-al")).isEqualTo(expected);
    if (edits) {
      assertThat(asUser(serverNode, "dd-bo", "GET visibility")).isEqualTo(expected);
    }
  }
}
