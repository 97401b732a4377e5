package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.TestToken;

/**
 * Handshakes that no browser makes. A server answers them as the filter says, or ends their
 * connection; no connection stays of which no socket knows. Holds where {@code
 * rollcall.origins=https://ok.example}.
 */
interface OddHandshakeContract extends Deployed {
  int MANY = 40;

  /** Longer than a handshake keeps a permit that nobody takes. */
  Duration RESERVED = Duration.ofSeconds(30);

  private static String head(String query, String... lines) {
    String first = "GET /rollcall/socket/websocket?" + query + " HTTP/1.1";
    return String.join("\r\n", Stream.concat(Stream.of(first), Stream.of(lines)).toList());
  }

  private static String token(String user) {
    return "vsn=2.0.0&token=" + TestToken.of(user).text();
  }

  private int status(String query, String headers) {
    try (RawConnection connection = RawConnection.to(site())) {
      return connection
          .request(
              head(query, AddressContract.HOST, AddressContract.KEY, headers.replace("|", "\r\n")))
          .status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&a=%zz",
        "&a=%",
        "&a=%2",
        "&%zz",
        "&token=%zz",
        "&vsn=%zz",
        "%",
        "&a=%u0041",
        "&a={b}",
        "&a=a|b",
        "&a=a^b",
        "&a=a`b",
        "&a=a\\b",
        "&a=\"b\"",
        "&a=<b>"
      })
  default void aQueryThatIsNoneIsRefusedAtOnce(String odd) {
    String upgrade = "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13";
    assertThat(status(token("odd-query") + odd, upgrade)).isEqualTo(400);
    try (RawConnection connection = RawConnection.to(site())) {
      String line = "GET /rollcall/socket/longpoll?" + token("odd-poll") + odd + " HTTP/1.1";
      assertThat(connection.request(line, AddressContract.HOST).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400; Upgrade: h2c, websocket|Connection: Upgrade|Sec-WebSocket-Version: 13",
        "400; Upgrade: websocket|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13",
        "400; Upgrade: websocket/13|Connection: Upgrade|Sec-WebSocket-Version: 13",
        "400; Upgrade: xwebsocketx|Connection: Upgrade|Sec-WebSocket-Version: 13",
        "400; Upgrade: websocket|Connection: xupgradey|Sec-WebSocket-Version: 13",
        "426; Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 8",
        "426; Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13",
        "426; Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 8, 13",
        "403; Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Origin: https://ok.example|Origin: https://evil.example",
        "403; Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Origin: https://evil.example|Origin: https://ok.example",
        "101; upgrade: WebSocket|connection: keep-alive,upgrade|Sec-WebSocket-Version: 13|Origin: https://ok.example"
      })
  default void aHeaderWithTwoMeaningsOpensNothing(int status, String headers) {
    assertThat(status(token("odd-head"), headers)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/counts/count:1/events",
        "/api/counts/events?topic=count:1",
        "/api/counts/count:1",
        "/api/counts/count:1/badge.svg",
        "/socket/longpoll?vsn=2.0.0",
        "/examples/",
        "/docs/",
        "/openapi",
        "/widget.js",
        "/health/live",
        "/metrics",
        ""
      })
  default void anUpgradeAtAnyOtherAddressIsNotFound(String address) {
    String line = "GET /rollcall" + (address.isEmpty() ? "/" : address) + " HTTP/1.1";
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(
              connection
                  .request(
                      line,
                      AddressContract.HOST,
                      AddressContract.GUEST,
                      AddressContract.KEY,
                      AddressContract.VERSION,
                      "Upgrade: websocket",
                      "Connection: Upgrade")
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  default void aConnectionWhoseFramesComeWithItsHandshakeIsServedOrEnds() {
    List<RawConnection> open = Stream.generate(() -> RawConnection.to(site())).limit(10).toList();
    try {
      for (int i = 0; i < open.size(); i++) {
        sendAtOnce(open.get(i), "odd-served-" + i);
      }
      for (RawConnection each : open) {
        Await.until(RESERVED, () -> assertThat(isServedOrOver(each)).isTrue());
      }
    } finally {
      open.forEach(RawConnection::close);
    }
  }

  @Test
  default void nothingStaysOfAConnectionWhoseFramesCameWithItsHandshake() {
    for (int i = 0; i < MANY; i++) {
      try (RawConnection connection = RawConnection.to(site())) {
        sendAtOnce(connection, "odd-left-" + i);
        assertThat(connection.answer().status()).isEqualTo(101);
      }
    }
    // An idle worker of WildFly keeps the last request that it has served, a few in all.
    Await.until(
        RESERVED,
        () ->
            assertThat(ServerProcess.find().instances("org.rollcall.transport.ConnectionGuard"))
                .isLessThan(MANY / 2));
  }

  private static void sendAtOnce(RawConnection connection, String user) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head =
        head(
            token(user),
            "Host: localhost",
            AddressContract.KEY,
            "Upgrade: websocket",
            "Connection: Upgrade",
            AddressContract.VERSION,
            AddressContract.GUEST);
    bytes.writeBytes((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    byte[] heartbeat = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]".getBytes(StandardCharsets.UTF_8);
    bytes.write(0x81);
    bytes.write(0x80 | heartbeat.length);
    bytes.writeBytes(new byte[4]);
    bytes.writeBytes(heartbeat);
    connection.sendBytes(bytes.toByteArray());
  }

  private static boolean isServedOrOver(RawConnection connection) {
    try {
      connection.skipTo("phx_reply");
    } catch (UncheckedIOException e) {
      return !(e.getCause() instanceof SocketTimeoutException);
    }
    return true;
  }
}
