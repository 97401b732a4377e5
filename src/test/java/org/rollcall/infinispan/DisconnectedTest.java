package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** An administrator ends all connections and lingering entries of a user, on all nodes. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DisconnectedTest extends TwoNodeFixture {
  private LocalPeer watcher = new LocalPeer();

  DisconnectedTest() {
    super("PT1H");
  }

  @BeforeEach
  void watch() {
    watcher = join(one, "ben", "ada");
    watcher.drain();
  }

  private static LocalPeer join(LocalNode node, String user, String... friends) {
    LocalPeer peer = node.connect("2.0.0", Optional.of(user), List.of(friends));
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    awaitPresent(node, user, true);
    return peer;
  }

  private void disconnectAda() {
    assertThat(
            one.node()
                .messenger()
                .tell(ClusterMessenger.DISCONNECT, "ada")
                .toCompletableFuture()
                .join())
        .isEmpty();
    awaitPresent(one, "ada", false);
    awaitPresent(two, "ada", false);
    assertThat(watcher.next()).contains("\"joins\":{\"ada\"");
    assertThat(watcher.next()).contains("\"leaves\":{\"ada\"");
    assertThat(watcher.drain()).isEmpty();
  }

  @Test
  void lingeringEntriesOnAnotherNodeEndAndOnlyThisUsers() {
    join(two, "cat").close(1006);
    join(two, "ada").close(1006);
    awaitPresent(one, "ada", true);
    disconnectAda();
    awaitPresent(one, "cat", true);
  }

  @Test
  void lingeringEntriesOnTheAskedNodeEnd() {
    join(one, "ada").close(1006);
    awaitPresent(two, "ada", true);
    disconnectAda();
  }

  @Test
  void theEntriesOfADeadNodeEnd() {
    join(two, "ada");
    awaitPresent(one, "ada", true);
    clusterFixture.stop(two);
    LocalNode three = clusterFixture.start();
    awaitPresent(three, "ada", true);
    assertThat(
            one.node()
                .messenger()
                .tell(ClusterMessenger.DISCONNECT, "ada")
                .toCompletableFuture()
                .join())
        .isEmpty();
    awaitPresent(one, "ada", false);
    awaitPresent(three, "ada", false);
  }

  @Test
  void aUserWhoComesBackHasTheGraceAgain() {
    LocalPeer ada = join(two, "ada");
    awaitPresent(one, "ada", true);
    disconnectAda();
    assertThat(ada.closeCode()).isEqualTo(CloseCode.FORCED);
    join(two, "ada");
    awaitPresent(one, "ada", true);
    assertThat(watcher.next()).contains("\"joins\":{\"ada\"");
  }
}
