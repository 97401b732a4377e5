package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.BudgetSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Serializer;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** What comes in, in whatever parts, is counted and kept within the budgets of address and node. */
@Timeout(20)
class IntakeTest {
  private static final int PARTS_AT_ONCE = 3000;
  private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";
  private static final String BEAT =
      "[null,\"1\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]";

  private final ManualNode node =
      new ManualNode(Map.of("rollcall.limits.topics.address", "3", "rollcall.limits.topics", "5"));
  private final Entrance entrance =
      new Entrance(
          Settings.read(name -> Optional.empty()).web().door(),
          new BudgetSettings(100_000, 70_000, 5, 3),
          () -> 0);

  private LocalPeer connect(String address) {
    return connect(address, Optional.empty());
  }

  private LocalPeer connect(String address, Optional<User> user) {
    Seat seat = entrance.enter(address, user.map(User::id)).orElseThrow();
    return node.connect(new Socket.Client(user, Serializer.V2, seat));
  }

  private static Intake intake(LocalPeer peer) {
    return peer.socket().intake();
  }

  private static void assertOpen(LocalPeer peer) {
    assertThat(peer.isClosed()).isFalse();
  }

  private static void assertClosed(LocalPeer peer, CloseCode code) {
    assertThat(peer.closeCode()).isEqualTo(code);
  }

  private static User ada() {
    return new User(
        "ada", Optional.empty(), Set.of(), Optional.empty(), User.Grant.until(Instant.MAX));
  }

  @Test
  void aMessageInPartsIsOneMessage() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 0; i < HEARTBEAT.length(); i++) {
      intake(peer).text(HEARTBEAT.substring(i, i + 1), i == HEARTBEAT.length() - 1);
    }
    assertThat(node.answers(peer)).containsExactly(BEAT);
    intake(peer).text(HEARTBEAT, false);
    intake(peer).text("", true);
    assertThat(node.answers(peer)).containsExactly(BEAT);
  }

  @Test
  void everyPartCountsAlsoAnEmptyOne() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 0; i < PARTS_AT_ONCE; i++) {
      intake(peer).text("", false);
    }
    assertOpen(peer);
    intake(peer).binary(new byte[0], false);
    assertClosed(peer, CloseCode.FLOOD);
  }

  @Test
  void aMessageInPartsIsAsLongAsAWholeOneMayBe() {
    LocalPeer stranger = connect("192.0.2.1");
    intake(stranger).text("x".repeat(8192), false);
    assertOpen(stranger);
    intake(stranger).text("x", true);
    assertClosed(stranger, CloseCode.TOO_BIG);
    LocalPeer ada = connect("192.0.2.1", Optional.of(ada()));
    intake(ada).text("x".repeat(65_536), false);
    assertOpen(ada);
    intake(ada).text("x", true);
    assertClosed(ada, CloseCode.TOO_BIG);
    LocalPeer binary = connect("192.0.2.1");
    intake(binary).binary(new byte[8193], true);
    assertClosed(binary, CloseCode.TOO_BIG);
  }

  private void join(LocalPeer peer, String topic) {
    peer.send("[\"1\",\"2\",\"" + topic + "\",\"phx_join\",{}]");
  }

  private String answer(LocalPeer peer, String topic) {
    node.answers(peer);
    join(peer, topic);
    node.pass(Duration.ofSeconds(10));
    return node.answers(peer).get(0);
  }

  @Test
  void anAddressBringsSoManyTopicsAndJoinsOthersAsMuchAsItLikes() {
    LocalPeer peer = connect("192.0.2.1");
    LocalPeer same = connect("192.0.2.1");
    LocalPeer ada = connect("192.0.2.3", Optional.of(ada()));
    assertThat(answer(peer, "count:1")).contains("\"ok\"");
    assertThat(answer(peer, "count:2")).contains("\"ok\"");
    assertThat(answer(same, "count:3")).contains("\"ok\"");
    assertThat(answer(same, "count:4")).contains("too many channels joined");
    assertThat(node.counts().topics()).isEqualTo(3);
    // Known already: brought by oneself, or by others.
    assertThat(answer(same, "count:1")).contains("\"ok\"");
    assertThat(answer(ada, "count:5")).contains("\"ok\"");
    assertThat(answer(same, "count:5")).contains("\"ok\"");
    // Nobody is on it any more, and then somebody else.
    peer.close(1000);
    node.pass(Duration.ofSeconds(10));
    assertThat(answer(same, "count:4")).contains("\"ok\"");
    // The first one's topic is still there by the second.
    assertThat(answer(same, "count:6")).contains("too many channels joined");
  }

  @Test
  void joiningATopicAgainPaysForItAgain() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 1; i <= 3; i++) {
      assertThat(answer(peer, "count:" + i)).contains("\"ok\"");
      join(peer, "count:" + i);
      join(peer, "count:" + i);
    }
    node.pass(Duration.ofSeconds(10));
    assertThat(answer(peer, "count:4")).contains("too many channels joined");
  }

  @Test
  void aNodeTakesSoManyTopicsOfStrangersAndAllOfUsers() {
    for (int i = 1; i <= 5; i++) {
      assertThat(answer(connect("192.0.2." + i), "count:" + i)).contains("\"ok\"");
    }
    assertThat(answer(connect("192.0.2.9"), "count:9")).contains("too many channels joined");
    LocalPeer ada = connect("192.0.2.9", Optional.of(ada()));
    assertThat(answer(ada, "count:9")).contains("\"ok\"");
    assertThat(answer(connect("192.0.2.9"), "count:9")).contains("\"ok\"");
  }
}
