package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** A user, {@code df-al}, on one node, and a friend, {@code df-bo}, who looks on two nodes. */
final class RemoteFriend implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ID = "df-al";
  private static final String OTHER = "df-cy";
  private static final String VIEWER = "df-bo";
  private static final String NEWS = "{\"mood\":\"new\"}";

  private final List<ServerNode> nodes;
  private final VisitorGroup visitorGroup;
  private final PhoenixClient client;
  private final PhoenixClient other;
  private final PhoenixClient.Joined own;
  private final PhoenixClient.Joined others;
  private List<Visitor> viewers = List.of();

  /**
   * Connects.
   *
   * @param at where the user is, and somebody else whom the friend goes on to see
   */
  RemoteFriend(RunningCluster cluster, ServerNode at) {
    this.nodes = List.of(cluster.node("a"), cluster.node("b"));
    this.visitorGroup = new VisitorGroup(cluster);
    this.client = at.site().connect(TestToken.of(ID));
    this.other = at.site().connect(TestToken.of(OTHER));
    this.own = client.join("user:" + ID);
    this.others = other.join("user:" + OTHER);
  }

  /** Has the friend come, and see both. */
  void come() {
    viewers =
        visitorGroup.come(
            nodes.size(),
            n -> new Visitor(VIEWER, List.of(), ServerPorts.of(nodes.get(n))).on("user:" + VIEWER));
    VisibilityContract.awaitSeen(viewers, ID, true);
    VisibilityContract.awaitSeen(viewers, OTHER, true);
  }

  /** Sends an event of the user, and waits for the reply, which must be ok. */
  void push(String event, String payload) {
    reply(client, client.push(own, event, payload));
  }

  private static void reply(PhoenixClient client, String ref) {
    Frame frame = client.next();
    while (!ref.equals(frame.ref())) {
      frame = client.next();
    }
    assertThat(frame.status()).isEqualTo("ok");
  }

  /** Fails if the friend is shown the user on any node from now on. */
  void assertShownNoMore() {
    long begin = System.nanoTime();
    nodes.forEach(
        serverNode ->
            assertThat(presence(serverNode)).as("on %s", serverNode.name()).contains("[]"));
    update();
    reply(other, other.push(others, "update", NEWS));
    Await.until(LIMIT, () -> assertThat(viewers).allSatisfy(page -> checkTold(page, begin)));
    assertThat(viewers)
        .allSatisfy(
            page ->
                assertThat(page.presences("user:" + VIEWER, PresenceChannelView::changes))
                    .filteredOn(change -> change.nanos() >= begin && change.key().equals(ID))
                    .noneMatch(change -> !change.joined().isEmpty()));
  }

  private void update() {
    try {
      client.push(own, "update", NEWS);
    } catch (CompletionException closed) {
      // A blocked user has no connection any more.
    }
  }

  private static String presence(ServerNode serverNode) {
    String token = "Bearer " + TestToken.of(VIEWER).text();
    return serverNode.site().get("presence/" + ID, "Authorization", token).body();
  }

  /** Fails unless a page was told of the other's update, which came after the user's. */
  private static void checkTold(Visitor page, long begin) {
    assertThat(page.presences("user:" + VIEWER, PresenceChannelView::changes))
        .anyMatch(change -> change.nanos() >= begin && change.key().equals(OTHER));
    assertThat(page.presences("user:" + VIEWER, PresenceChannelView::refs)).doesNotContainKey(ID);
  }

  @Override
  public void close() {
    visitorGroup.close();
    client.close();
    other.close();
  }
}
