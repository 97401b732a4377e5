package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Friends that stand in tokens change, and another node is told. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NewTokensTest extends TwoNodeFixture {
  NewTokensTest() {
    super("PT1H");
  }

  /** Joins, and returns the state; takes the own diff, if there is to be one. */
  private static JsonObject join(LocalPeer peer, String user, boolean isNew) {
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("\"ok\"");
    JsonObject state = Frame.of(peer.next()).payload();
    if (isNew) {
      assertThat(Frame.of(peer.next()).joins()).containsOnlyKeys(user);
    }
    return state;
  }

  private static LocalPeer connect(LocalNode node, String user, String... friends) {
    return node.connect("2.0.0", Optional.of(user), List.of(friends));
  }

  @Test
  void aRenewedClientSeesOnlyTheNewFriendsAndNobodySeesItLeave() {
    LocalPeer ada = connect(one, "ada");
    join(ada, "ada", true);
    join(connect(one, "cat"), "cat", true);
    LocalPeer watcher = connect(one, "dan", "ben");
    join(watcher, "dan", true);
    LocalPeer before = connect(two, "ben", "ada");
    assertThat(join(before, "ben", true)).containsOnlyKeys("ada");
    String ref = Frame.meta(Frame.of(watcher.next()).joins(), "ben").getString("phx_ref");

    assertThat(
            one.node()
                .messenger()
                .tell(ClusterMessenger.FRIENDS, "ben")
                .toCompletableFuture()
                .join())
        .isEmpty();
    assertThat(before.closeCode()).isEqualTo(CloseCode.RENEWED);
    assertThat(ada.isClosed()).isFalse();
    assertThat(watcher.isClosed()).isFalse();

    LocalPeer after = connect(one, "ben", "cat");
    JsonObject state = join(after, "ben", false);
    assertThat(state).containsOnlyKeys("cat", "ben");
    assertThat(Frame.meta(state, "ben").getString("phx_ref")).isEqualTo(ref);
    ada.close();
    awaitPresent(one, "ada", false);
    awaitPresent(two, "ada", false);
    assertThat(after.drain()).isEmpty();
    assertThat(before.takeAll()).isEmpty();
    assertThat(watcher.drain()).isEmpty();
  }
}
