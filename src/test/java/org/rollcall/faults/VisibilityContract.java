package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.FallbackClients;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/**
 * Rules and log-outs that one process of a cluster gets hold on all: on nodes a and b, and on a
 * third that joins later.
 */
interface VisibilityContract extends OnCluster {
  /** How many rules of each of three kinds are made each way: more than a hundred of all. */
  int TRIES = Integer.getInteger("rollcall.tries", 34);

  Duration MEETING = Duration.ofMinutes(2);
  Duration PATIENCE = Duration.ofSeconds(30);

  /** Returns the node that joins later; it may run already. */
  ServerNode third();

  /** Returns the issuer whose tokens the nodes accept. */
  LocalIssuer issuer();

  /** Lets a user see others, if that is not a matter of tokens. */
  default void befriend(String user, List<String> others) {
    // They stand in the user's token.
  }

  private List<ServerNode> makers() {
    return List.of(cluster().node("a"), cluster().node("b"));
  }

  private List<ServerNode> all() {
    List<ServerNode> all = new ArrayList<>(makers());
    all.add(third());
    return all;
  }

  private static void stop(ServerNode serverNode) {
    try (FallbackClients clients = FallbackClients.connect(serverNode.site(), "count:vc-others")) {
      serverNode.terminate();
      clients.assertSentAway();
    }
    serverNode.awaitEnd();
  }

  private static void start(ServerNode serverNode, List<ServerNode> all) {
    serverNode.start();
    serverNode.awaitUp();
    Await.until(MEETING, () -> RunningCluster.checkAgreement(all));
  }

  @Test
  @Order(40)
  default void aRuleOfOneNodeHoldsOnEveryNodeUntilAnotherLiftsIt() {
    if (third().isAlive()) {
      stop(third());
    }
    Await.until(MEETING, () -> RunningCluster.checkAgreement(makers()));
    try (RuledUsers users = new RuledUsers(makers(), TRIES)) {
      befriend(RuledUsers.VIEWER, users.ids());
      users.come();
      users.awaitShown(makers());
      List<String> ended = logOut();
      users.make();
      users.awaitGone(makers());
      final long begin = System.nanoTime();

      start(third(), all());
      users.comeToo(third());
      users.awaitGone(all());
      assertEnded(ended, all());
      for (ServerNode maker : makers()) {
        stop(maker);
        List<ServerNode> others = all().stream().filter(serverNode -> serverNode != maker).toList();
        users.awaitGone(others);
        assertEnded(ended, others);
        start(maker, all());
        users.awaitGone(all());
      }
      users.assertNothingShownSince(begin);

      users.lift();
      users.awaitShown(all());
      users.assertNothingWrong();
      assertEnded(ended, all());
      Await.until(MEETING, () -> RunningCluster.checkAgreement(all()));
    }
    // All of them were started meanwhile, and nothing has failed since.
    assertThat(cluster().repairs().values()).as("repairs").containsOnly(0);
  }

  /** Ends a log-in on each of two nodes, with a connection of it on both. Returns its tokens. */
  private List<String> logOut() {
    List<String> tokens = new ArrayList<>();
    for (ServerNode told : makers()) {
      String user = "vc-desk-" + told.name();
      String token = issuer().token(user);
      List<PhoenixClient> open = new ArrayList<>();
      for (ServerNode serverNode : makers()) {
        awaitKeys(serverNode);
        open.add(serverNode.site().connectWith(token));
      }
      Map<String, Object> claims = issuer().logoutClaims();
      claims.put("sid", "session-of-" + user);
      assertThat(backChannel(told, issuer().sign(claims, "RS256"))).isEqualTo(200);
      open.forEach(client -> assertThat(client.closeCode()).isEqualTo(1001));
      tokens.add(token);
    }
    assertEnded(tokens, makers());
    return tokens;
  }

  private static int backChannel(ServerNode serverNode, String token) {
    URI address = serverNode.site().address("oidc/backchannel-logout");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("logout_token=" + token))
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, BodyHandlers.discarding())
        .join()
        .statusCode();
  }

  private void assertEnded(List<String> tokens, List<ServerNode> nodes) {
    for (ServerNode serverNode : nodes) {
      awaitKeys(serverNode);
      for (String token : tokens) {
        assertThat(status(serverNode, token)).as("on %s", serverNode.name()).isEqualTo(401);
      }
    }
  }

  /** Waits until a node has the issuer's keys. */
  private void awaitKeys(ServerNode serverNode) {
    String good = issuer().token("vc-other");
    Await.until(PATIENCE, () -> assertThat(status(serverNode, good)).isEqualTo(200));
  }

  private static int status(ServerNode serverNode, String token) {
    return serverNode
        .site()
        .send("POST", "token", "", "Authorization", "Bearer " + token)
        .statusCode();
  }

  @Test
  @Order(41)
  default void aRequestForATimeHoldsAndEndsOnEveryNode() {
    befriend("vt-viewer", List.of("vt-al"));
    for (ServerNode told : all()) {
      try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
        Visitor al =
            visitorGroup
                .come(
                    1, n -> new Visitor("vt-al", List.of(), ServerPorts.of(told)).on("user:vt-al"))
                .get(0);
        List<Visitor> viewers =
            visitorGroup.come(
                all().size(),
                n ->
                    new Visitor("vt-viewer", List.of("vt-al"), ServerPorts.of(all().get(n)))
                        .on("user:vt-viewer"));
        awaitSeen(viewers, "vt-al", true);
        final long begin = System.nanoTime();
        al.push("user:vt-al", "visibility", "{\"to\":\"nobody\",\"for\":\"PT3S\"}");
        Await.until(
            PATIENCE,
            () -> assertThat(viewers).allSatisfy(viewer -> checkAway(viewer, "vt-al", begin)));
        assertThat(al.closes()).isEmpty();
      }
    }
  }

  /** Fails unless a friend has left and come back since a moment. */
  private static void checkAway(Visitor viewer, String friend, long begin) {
    List<PresenceChannelView.Change> changes =
        viewer.presences("user:" + viewer.id(), PresenceChannelView::changes).stream()
            .filter(change -> change.nanos() >= begin && change.key().equals(friend))
            .toList();
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).isLeave()).isTrue();
    assertThat(changes.get(1).isJoin()).isTrue();
  }

  /** Waits until all of these pages show a friend, or none does. */
  static void awaitSeen(List<Visitor> viewers, String friend, boolean seen) {
    Await.until(
        PATIENCE,
        () ->
            assertThat(viewers)
                .allSatisfy(
                    viewer ->
                        assertThat(
                                viewer
                                    .presences("user:" + viewer.id(), PresenceChannelView::refs)
                                    .containsKey(friend))
                            .isEqualTo(seen)));
  }

  @Test
  @Order(42)
  default void aUsersConnectionsOnEveryNodeAreClosedByAWordToAny() {
    for (ServerNode told : all()) {
      List<PhoenixClient> clients =
          all().stream()
              .map(serverNode -> serverNode.site().connect(TestToken.of("vs-al")))
              .toList();
      // A server may answer the handshake before it knows the connection.
      clients.forEach(PhoenixClient::heartbeat);
      assertThat(told.site().asAdmin("DELETE", "users/vs-al/sockets", "").statusCode())
          .isEqualTo(204);
      clients.forEach(client -> assertThat(client.closeCode()).isEqualTo(1001));
    }
  }
}
