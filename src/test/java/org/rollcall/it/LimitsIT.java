package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** Limits that are set low, and the seats of connections however they end. */
@Timeout(120)
final class LimitsIT extends OnServer {
  private static final String REFUSED = "a handshake that is refused";

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "token",
            "rollcall.idle", "PT3S",
            "rollcall.proxies", "127.0.0.1",
            "rollcall.limits.connections.user", "3",
            "rollcall.limits.connections.address", "5",
            "rollcall.limits.connects.address", "5",
            "rollcall.limits.frame", "2000",
            "rollcall.limits.joins", "2"));
  }

  private int handshake(String address, TestToken token) {
    try (RawConnection connection = RawConnection.to(site())) {
      return handshake(connection, address, token);
    }
  }

  private static int handshake(RawConnection connection, String address, TestToken token) {
    RawConnection.Answer answer =
        connection.handshake("vsn=2.0.0&token=" + token.text(), "X-Forwarded-For: " + address);
    assertThat(answer.body()).isEmpty();
    return answer.status();
  }

  private RawConnection open(String address, TestToken token) {
    RawConnection connection = RawConnection.to(site());
    int status = handshake(connection, address, token);
    if (status != 101) {
      connection.close();
    }
    assertThat(status).isEqualTo(101);
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
    assertThat(handshake("192.0.2.19", token)).as(REFUSED).isEqualTo(403);
    open.get(0).close();
    Await.until(() -> assertThat(handshake("192.0.2.18", token)).isEqualTo(101));
    open.forEach(RawConnection::close);
  }

  @Test
  void theSixthConnectionOfAnAddressIsRefused() {
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(open("192.0.2.21", TestToken.of("lm-address-" + i)));
    }
    assertThat(handshake("192.0.2.21", TestToken.of("lm-address-5"))).as(REFUSED).isEqualTo(403);
    assertThat(handshake("192.0.2.22", TestToken.of("lm-address-5"))).isEqualTo(101);
    open.forEach(RawConnection::close);
  }

  @Test
  void anAddressThatConnectsTooOftenIsRefused() {
    int refused = 0;
    for (int i = 0; i < 80; i++) {
      refused += handshake("192.0.2.31", TestToken.of("lm-often-" + i)) == 403 ? 1 : 0;
    }
    assertThat(refused).isPositive();
    assertThat(handshake("192.0.2.32", TestToken.of("lm-often"))).isEqualTo(101);
  }

  @Test
  void everyWayAConnectionEndsGivesItsSeatBack() {
    TestToken token = TestToken.of("lm-ends");
    for (int round = 0; round < 5; round++) {
      // Cut within milliseconds of the handshake, of which Payara does not always tell.
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
    for (int i = 0; i < 3; i++) {
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
      for (int i = 0; i < 40; i++) {
        client.askToJoin("nothing:" + i, "{}");
      }
      String reason = "";
      for (int i = 0; i < 40; i++) {
        reason = client.next("nothing:" + i, "phx_reply").reason();
      }
      assertThat(reason).isEqualTo("rate limited");
      client.heartbeat();
    }
  }
}
