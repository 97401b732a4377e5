package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.config.BudgetSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Serializer;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/**
 * A node with small budgets, and its clients: 100,000 characters may wait, 70,000 of one address;
 * strangers may bring 8 topics, 3 of one address.
 */
public class BudgetFixture {
  static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";
  static final String BEAT =
      "[null,\"1\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]";

  public final ManualNode node =
      new ManualNode(Map.of("rollcall.limits.topics.address", "3", "rollcall.limits.topics", "8"));
  public final ConnectionLimiter limiter =
      new ConnectionLimiter(
          Settings.read(name -> Optional.empty()).web().connections(),
          new BudgetSettings(100_000, 70_000, 8, 3),
          () -> 0);

  public LocalPeer connect(String address) {
    return connect(address, Optional.empty());
  }

  public LocalPeer connect(String address, Optional<User> user) {
    ConnectionPermit permit = limiter.enter(address, user.map(User::id)).orElseThrow();
    return node.connect(new Socket.Client(user, Serializer.V2, permit));
  }

  static MessageBudget messageBudget(LocalPeer peer) {
    return peer.socket().messageBudget();
  }

  static void assertOpen(LocalPeer peer) {
    assertThat(peer.isClosed()).isFalse();
  }

  static void assertClosed(LocalPeer peer, CloseCode code) {
    assertThat(peer.closeCode()).isEqualTo(code);
  }

  public static User ada() {
    return new User(
        "ada", Optional.empty(), Set.of(), Optional.empty(), User.Grant.until(Instant.MAX));
  }

  public static void join(LocalPeer peer, String topic) {
    peer.send("[\"1\",\"2\",\"" + topic + "\",\"phx_join\",{}]");
  }

  /** Joins a topic, and returns the answer. */
  public String answer(LocalPeer peer, String topic) {
    node.answers(peer);
    join(peer, topic);
    node.pass(Duration.ofSeconds(10));
    return node.answers(peer).get(0);
  }
}
