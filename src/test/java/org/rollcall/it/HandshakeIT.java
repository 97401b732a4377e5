package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** Handshakes that are accepted and refused, where no client may connect without a token. */
@Timeout(120)
final class HandshakeIT extends OnServer
    implements AddressContract, OddHandshakeContract, RefusalLogContract, AdminMetricsContract {
  private static final int CONNECTIONS = 10;

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "token",
            "rollcall.anonymous", "false",
            "rollcall.metrics", "admin",
            "rollcall.limits.connections.user", "" + CONNECTIONS,
            "rollcall.origins", "https://ok.example"));
  }

  private static String line(String user) {
    return "GET /rollcall/socket/websocket?vsn=2.0.0&token=%s HTTP/1.1"
        .formatted(TestToken.of(user).text());
  }

  private void assertWelcome(String user) {
    try (RawConnection connection = RawConnection.to(site())) {
      String query = "vsn=2.0.0&token=" + TestToken.of(user).text();
      assertThat(connection.handshake(query).status()).isEqualTo(101);
    }
  }

  /** As a page of any site can have its visitors' browsers send them, by an image. */
  @Test
  void aRequestThatIsNoHandshakeTakesNoPermit() {
    for (int i = 0; i < 6 * CONNECTIONS; i++) {
      try (RawConnection connection = RawConnection.to(site())) {
        RawConnection.Answer answer = connection.request(line("door-image"), HOST);
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.header("Upgrade")).containsExactly("websocket");
      }
    }
    assertWelcome("door-image");
  }

  /** Not even for the ten seconds in which a connection may come of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: short",
        "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: ",
        "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ",
        "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Content-Length: 5",
        "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Transfer-Encoding: chunked",
        "Sec-WebSocket-Version: 8|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void aHandshakeThatFailsGivesItsPermitBack(String headers) {
    String user = "door-fails-" + headers.hashCode();
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      try (RawConnection connection = RawConnection.to(site())) {
        RawConnection.Answer answer =
            connection.request(
                line(user),
                HOST,
                "Upgrade: websocket",
                "Connection: Upgrade",
                headers.replace("|", "\r\n"));
        assertThat(answer.status()).isIn(400, 426);
      }
    }
    assertWelcome(user);
  }
}
