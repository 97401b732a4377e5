package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.it.RefusalLogContract.HANDSHAKE_REFUSED;
import static org.rollcall.it.RefusalLogContract.awaitLine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** Limits that are set low, and the permits of connections however they end. */
@Tag("long")
@Timeout(120)
final class LimitsIT extends OnServer
    implements BudgetContract,
        EventLimitContract,
        PollLimitContract,
        IdleContract,
        PublicMetricsContract {
  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.ofEntries(
            Map.entry("rollcall.friends", "token"),
            Map.entry("rollcall.idle", "PT3S"),
            Map.entry("rollcall.metrics", "public"),
            Map.entry("rollcall.proxies", "127.0.0.1"),
            Map.entry("rollcall.limits.connections.user", "3"),
            Map.entry("rollcall.limits.connections.address", "5"),
            Map.entry("rollcall.limits.connects.address", "5"),
            Map.entry("rollcall.limits.frame", "2000"),
            Map.entry("rollcall.limits.joins", "2"),
            Map.entry("rollcall.limits.events", "5"),
            Map.entry("rollcall.limits.topic", "40"),
            Map.entry("rollcall.limits.topics.address", "3"),
            Map.entry("rollcall.limits.waiting.address", "8192"),
            Map.entry("rollcall.limits.meta.keys", "3"),
            Map.entry("rollcall.limits.meta.bytes", "40")));
  }

  private int handshake(String address, TestToken token) {
    try (RawConnection connection = RawConnection.to(site())) {
      return handshake(connection, address, token);
    }
  }

  private static int handshake(RawConnection connection, String address, TestToken token) {
    String query = "vsn=2.0.0&token=" + token.text();
    RawConnection.Answer answer = connection.handshake(query, "X-Forwarded-For: " + address);
    assertThat(answer.body()).isEmpty();
    return answer.status();
  }

  private RawConnection open(String address, TestToken token) {
    RawConnection connection = RawConnection.to(site());
    if (handshake(connection, address, token) != 101) {
      connection.close();
      throw new AssertionError("Expected a handshake that is accepted");
    }
    return connection;
  }

  private List<RawConnection> open(String address, TestToken token, int connections) {
    List<RawConnection> open = new ArrayList<>();
    while (open.size() < connections) {
      Await.until(() -> open.add(open(address, token)));
    }
    return open;
  }

  @Test
  void aUsersFourthConnectionIsRefusedUntilOneEnds() {
    TestToken token = TestToken.of("lm-user");
    List<RawConnection> open = open("192.0.2.11", token, 3);
    assertThat(handshake("192.0.2.19", token)).as("fourth").isEqualTo(403);
    open.get(0).close();
    // As soon as TCP is over, not when the server would have ended it.
    Await.until(
        Duration.ofSeconds(3), () -> assertThat(handshake("192.0.2.18", token)).isEqualTo(101));
    open.forEach(RawConnection::close);
    awaitLine(HANDSHAKE_REFUSED, "its user has 3 connections (rollcall.limits.connections.user)");
  }

  @Test
  void theSixthConnectionOfAnAddressIsRefused() {
    List<RawConnection> open = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> open.add(open("192.0.2.21", TestToken.of("lm-at-" + i))));
    assertThat(handshake("192.0.2.21", TestToken.of("lm-at-5"))).as("sixth").isEqualTo(403);
    assertThat(handshake("192.0.2.22", TestToken.of("lm-at-5"))).isEqualTo(101);
    open.forEach(RawConnection::close);
    awaitLine(HANDSHAKE_REFUSED, "its address has 5 connections (rollcall.limits");
  }

  @Test
  void anAddressThatConnectsTooOftenIsRefused() {
    assertThat(IntStream.range(0, 80))
        .anyMatch(i -> handshake("192.0.2.31", TestToken.of("lm-often-" + i)) == 403);
    assertThat(handshake("192.0.2.32", TestToken.of("lm-often"))).isEqualTo(101);
    awaitLine(HANDSHAKE_REFUSED, "its address makes more than 5 a second (rollcall.limits");
  }

  @Test
  void everyWayAConnectionEndsGivesItsPermitBack() {
    TestToken token = TestToken.of("lm-ends");
    for (int round = 0; round < 5; round++) {
      // Payara does not always tell of a cut within milliseconds of the handshake.
      open("192.0.2.4" + round, token, 3).forEach(RawConnection::close);
      assertThreeAreWelcome(token);
    }
    List<RawConnection> ended = open("192.0.2.47", token, 3);
    site().asAdmin("DELETE", "users/lm-ends/sockets", "");
    assertThreeAreWelcome(token);
    List<RawConnection> idle = open("192.0.2.48", token, 3);
    assertThreeAreWelcome(token);
    ended.forEach(RawConnection::close);
    idle.forEach(RawConnection::close);
  }

  private void assertThreeAreWelcome(TestToken token) {
    List<RawConnection> open = new ArrayList<>();
    while (open.size() < 3) {
      Await.until(() -> open.add(open("192.0.2.5" + open.size(), token)));
    }
    open.forEach(RawConnection::close);
    Await.until(() -> open("192.0.2.5" + open.size(), token).close());
  }

  @Test
  void theLongestMessageIsWhatIsSet() {
    try (PhoenixClient text = site().connect(TestToken.of("lm-text"));
        PhoenixClient binary = site().connect(TestToken.of("lm-binary"))) {
      text.sendText("[null,\"1\",\"phoenix\",\"heartbeat\",\"" + "x".repeat(1900) + "\"]");
      text.next("phoenix", "phx_reply");
      text.sendText("[null,\"1\",\"phoenix\",\"heartbeat\",\"" + "x".repeat(2000) + "\"]");
      assertThat(text.closeCode()).isEqualTo(1009);
      binary.sendBinary(new byte[2000]);
      assertThat(binary.next().event()).isEqualTo("phx_reply");
      binary.sendBinary(new byte[2001]);
      assertThat(binary.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aJoinPastTheRateIsAnErrorAndTheSocketLivesOn() {
    try (PhoenixClient client = site().connect(TestToken.of("lm-joins"))) {
      IntStream.range(0, 40).forEach(i -> client.askToJoin("nothing:" + i, "{}"));
      String reason = "";
      for (int i = 0; i < 40; i++) {
        reason = client.next("nothing:" + i, "phx_reply").reason();
      }
      assertThat(reason).isEqualTo("rate limited");
      client.heartbeat();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room:a,b",
        "room:a\\\"b",
        "room:a\\\\b",
        "room:a\\u0000b",
        "room:a\\u0085",
        "room:\\ud800"
      })
  void aTopicWithAWrongCharacterIsNoneAndTheSocketLivesOn(String topic) {
    assertNoTopic(topic);
  }

  @Test
  void aTopicThatIsTooLongIsNoneAndTheSocketLivesOn() {
    assertNoTopic("room:" + "x".repeat(36));
    assertNoTopic("room:\\ud83d\\ude00" + "x".repeat(34));
  }

  /** Takes a topic as JSON has it. Its room is its own: an earlier session may leave late. */
  private void assertNoTopic(String topic) {
    String longest = ("room:" + topic.hashCode() + "x".repeat(35)).substring(0, 40);
    try (PhoenixClient client = site().connect(TestToken.of("lm-topic"))) {
      PhoenixClient.Joined other = client.join(longest);
      Frames.find(client, longest, "presence_diff");
      client.sendText("[\"21\",\"22\",\"" + topic + "\",\"phx_join\",{}]");
      Frame reply = client.next();
      assertThat(reply.event()).isEqualTo("phx_reply");
      assertThat(reply.joinRef()).isNull();
      assertThat(reply.ref()).isEqualTo("22");
      assertThat(reply.response()).hasToString("{\"reason\":\"invalid topic\"}");
      String update = client.push(other, "update", "{\"a\":1}");
      assertThat(Frames.reply(client, update).status()).isEqualTo("ok");
      client.heartbeatAmongOthers();
    }
  }

  @Test
  void aMetaIsAsLargeAsIsSet() {
    try (PhoenixClient client = site().connect(TestToken.of("lm-meta"))) {
      String four = "{\"meta\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4}}";
      Frame refused = client.refused("room:lm-meta", four);
      assertThat(refused.reason()).isEqualTo("invalid meta");
      assertThat(refused.response().getString("detail"))
          .isEqualTo("expected at most 3 keys, but got 4");
      String long41 = "{\"meta\":{\"a\":\"" + "x".repeat(33) + "\"}}";
      assertThat(client.refused("room:lm-meta", long41).response().getString("detail"))
          .isEqualTo("expected at most 40 bytes, but got 41");
      PhoenixClient.Joined room =
          client.join("room:lm-meta", "{\"meta\":{\"a\":\"" + "x".repeat(32) + "\"}}");
      String three = client.push(room, "update", "{\"a\":1,\"b\":2,\"c\":3}");
      assertThat(Frames.reply(client, three).status()).isEqualTo("ok");
    }
  }

  @Test
  void anEventPastTheRateIsAnErrorAndTheChannelLivesOn() {
    try (PhoenixClient client = site().connect(TestToken.of("lm-events"))) {
      PhoenixClient.Joined room = client.join("room:lm-events");
      List<String> refs = new ArrayList<>();
      while (refs.size() < 60) {
        refs.add(client.push(room, "update", "{\"a\":" + refs.size() + "}"));
      }
      List<Frame> refused = new ArrayList<>();
      for (String ref : refs) {
        Frame answer = Frames.reply(client, ref);
        if (answer.status().equals("error")) {
          refused.add(answer);
        }
      }
      assertThat(refused).isNotEmpty();
      assertThat(refused).allMatch(answer -> answer.reason().equals("rate limited"));
      assertThat(refused.get(0).response().getString("detail")).contains("rollcall.limits.events");
      client.heartbeatAmongOthers();
      String left = client.push(room, "phx_leave", "{}");
      assertThat(Frames.reply(client, left).status()).isEqualTo("ok");
    }
  }
}
