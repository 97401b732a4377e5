package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.identity.User;
import org.rollcall.protocol.CloseCode;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/**
 * Friends that stand in tokens: a client whose friends have changed comes back with a new token.
 */
class TokenRenewalsTest {
  private final ManualNode node = new ManualNode(Map.of(), new InTokens());
  private final List<LocalPeer> peers = new ArrayList<>();

  private static final class InTokens implements FriendProvider {
    @Override
    public Set<String> friends(User user) {
      return Set.of();
    }

    @Override
    public boolean isImmediate() {
      return true;
    }

    @Override
    public boolean standsInTokens() {
      return true;
    }
  }

  private List<String> connect(int users) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      ids.add("u" + i);
      peers.add(node.connect(Optional.of("u" + i)));
    }
    return ids;
  }

  private long closed() {
    return peers.stream().filter(LocalPeer::isClosed).count();
  }

  /** After the time that a closed client has before its connection is ended. */
  private void assertNothingIsLeftToDo() {
    node.pass(Duration.ofSeconds(5));
    assertThat(node.alarms()).isZero();
  }

  @Test
  void aUsersSocketsCloseAtOnceAndNobodyElses() {
    connect(2);
    peers.add(node.connect(Optional.of("u0")));
    node.sockets().friendsChanged(Set.of("u0", "nobody"));
    node.pass(Duration.ZERO);
    assertThat(peers.get(0).closeCode()).isEqualTo(CloseCode.RENEWED);
    assertThat(peers.get(2).closeCode()).isEqualTo(CloseCode.RENEWED);
    assertThat(peers.get(1).isClosed()).isFalse();
    assertNothingIsLeftToDo();
  }

  @Test
  void manyCloseInBatches() {
    node.sockets().friendsChanged(connect(200));
    node.pass(Duration.ZERO);
    assertThat(closed()).isEqualTo(25);
    node.pass(Duration.ofMillis(50));
    assertThat(closed()).isEqualTo(50);
    node.pass(Duration.ofMillis(350));
    assertThat(closed()).isEqualTo(200);
    assertNothingIsLeftToDo();
  }

  @Test
  void howeverManyTheyAreItTakesFiveSeconds() {
    node.sockets().friendsChanged(connect(5000));
    node.pass(Duration.ofSeconds(4));
    assertThat(closed()).isBetween(3500L, 4500L);
    node.pass(Duration.ofSeconds(1));
    assertThat(closed()).isEqualTo(5000);
  }

  @Test
  void aSocketThatIsBackIsNotClosedAgain() {
    List<String> ids = connect(100);
    node.sockets().friendsChanged(ids);
    node.sockets().friendsChanged(ids);
    node.pass(Duration.ZERO);
    LocalPeer back = node.connect(Optional.of("u0"));
    node.pass(Duration.ofSeconds(5));
    assertThat(closed()).isEqualTo(100);
    assertThat(back.isClosed()).isFalse();
  }

  @Test
  void aMergeClosesNobody() {
    connect(3);
    node.sockets().askAgain();
    node.pass(Duration.ofSeconds(10));
    assertThat(closed()).isZero();
    assertThat(node.alarms()).isZero();
  }
}
