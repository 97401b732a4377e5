package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.config.FriendSettings;
import org.rollcall.presence.Topic;
import org.rollcall.social.friends.ManagedFriends;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Friendships that change on one node, of users who are on the other. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FriendsElsewhereTest {
  private final JdbcDataSource database = new JdbcDataSource();
  private final ManagedFriends friends =
      new ManagedFriends(database, new FriendSettings.Limits(Duration.ofSeconds(5), 1000));
  private final ClusterFixture clusterFixture =
      new ClusterFixture(
          Map.of("rollcall.grace", "PT0S"), settings -> LocalNode.start(settings, friends));
  private final LocalNode one = clusterFixture.start();
  private final LocalNode two = clusterFixture.start();
  private LocalPeer ada = new LocalPeer();
  private LocalPeer ben = new LocalPeer();

  @BeforeEach
  void connect() throws SQLException {
    database.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    friends.createTable();
    ada = join(one, "ada");
    ben = join(two, "ben");
    awaitPresent("ada", true);
  }

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private static LocalPeer join(LocalNode node, String user) {
    LocalPeer peer = node.connect("2.0.0", Optional.of(user), List.of());
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("\"ok\"");
    assertThat(Frame.of(peer.next()).payload()).isEmpty();
    assertThat(Frame.of(peer.next()).joins()).containsOnlyKeys(user);
    return peer;
  }

  /** Waits until both nodes tell that a user is here, or not. */
  private void awaitPresent(String user, boolean present) {
    for (LocalNode node : clusterFixture.running()) {
      Topic topic = Topic.ofUser(user);
      Await.until(
          () ->
              assertThat(node.node().tracker().list(topic).metas().containsKey(user))
                  .isEqualTo(present));
    }
  }

  /** Tells all nodes by the first one, as the API does there. */
  private void tell(String... users) {
    String lines = String.join("\n", users);
    assertThat(
            one.node()
                .messenger()
                .tell(ClusterMessenger.FRIENDS, lines)
                .toCompletableFuture()
                .join())
        .isEmpty();
  }

  private static void assertSees(LocalPeer peer, String friend) {
    Frame join = Frame.of(peer.next());
    assertThat(join.joins()).containsOnlyKeys(friend);
    assertThat(join.leaves()).isEmpty();
  }

  private static void assertLeaves(LocalPeer peer, String friend) {
    Frame leave = Frame.of(peer.next());
    assertThat(leave.leaves()).containsOnlyKeys(friend);
    assertThat(leave.joins()).isEmpty();
  }

  private void adaChangesAndGoes() {
    ada.send("[\"11\",\"2\",\"user:ada\",\"update\",{\"status\":\"away\"}]");
    assertThat(ada.next()).contains("\"ok\"");
    ada.close();
    awaitPresent("ada", false);
    ada = join(one, "ada");
    awaitPresent("ada", true);
  }

  @Test
  void aFriendshipThatBeginsIsAJoinAndOneThatEndsALeaveAndThenNothing() throws SQLException {
    friends.add("ben", "ada");
    tell("ben");
    assertSees(ben, "ada");
    ada.send("[\"11\",\"2\",\"user:ada\",\"update\",{\"status\":\"busy\"}]");
    assertThat(ben.next()).contains("\"status\":\"busy\"");

    friends.remove("ben", "ada");
    tell("ben");
    assertLeaves(ben, "ada");
    ada.takeAll();
    adaChangesAndGoes();
    assertThat(ben.drain()).isEmpty();
  }

  @Test
  void seeingIsNotMutual() throws SQLException {
    friends.add("ada", "ben");
    tell("ada");
    assertSees(ada, "ben");
    assertThat(ben.drain()).isEmpty();
    friends.remove("ada", "ben");
    tell("ada");
    assertLeaves(ada, "ben");
    ben.close();
    awaitPresent("ben", false);
    assertThat(ada.drain()).isEmpty();
  }

  @Test
  void aListThatIsReplacedIsToldAsItsDifference() throws SQLException {
    friends.replace("ben", List.of("ada", "dan"));
    tell("ben");
    assertSees(ben, "ada");
    join(one, "cat");
    awaitPresent("cat", true);
    assertThat(ben.drain()).isEmpty();
    friends.replace("ben", List.of("cat", "dan"));
    tell("ben");
    List<Frame> frames = List.of(Frame.of(ben.next()), Frame.of(ben.next()));
    assertThat(frames)
        .anySatisfy(frame -> assertThat(frame.leaves()).containsOnlyKeys("ada"))
        .anySatisfy(frame -> assertThat(frame.joins()).containsOnlyKeys("cat"));
    adaChangesAndGoes();
    assertThat(ben.drain()).isEmpty();
  }

  @Test
  void manyAreRefreshedByOneWordWhereverTheyAre() throws SQLException {
    List<LocalPeer> peers = new ArrayList<>();
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      users.add("u" + i);
      peers.add(join(i % 2 == 0 ? one : two, "u" + i));
      friends.add("u" + i, "ada");
    }
    tell(users.toArray(String[]::new));
    peers.forEach(peer -> assertSees(peer, "ada"));
    for (String user : users) {
      friends.remove(user, "ada");
    }
    tell(users.toArray(String[]::new));
    peers.forEach(peer -> assertLeaves(peer, "ada"));
    adaChangesAndGoes();
    peers.forEach(peer -> assertThat(peer.drain()).isEmpty());
    assertThat(ben.drain()).isEmpty();
  }
}
