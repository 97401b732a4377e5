package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * The address of the socket, and every other spelling of it. Holds where {@code
 * rollcall.origins=https://ok.example} and {@code rollcall.anonymous=false}.
 */
interface AddressContract extends Deployed {
  String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  String VERSION = "Sec-WebSocket-Version: 13";
  String HOST = "Host: {host}";
  String STRANGER = "Origin: https://evil.example";
  String GUEST = "Origin: https://ok.example";

  static Stream<String> otherSpellings() {
    return Stream.of(
        // parameters
        "/rollcall;x/socket/websocket",
        "/rollcall/socket;x/websocket",
        "/rollcall/socket;x=1;y=2/websocket",
        "/rollcall/socket;/websocket",
        "/rollcall/socket/;x/websocket",
        "/rollcall/;x/socket/websocket",
        "/rollcall/socket/websocket;x",
        "/rollcall/socket%3bx/websocket",
        // dots
        "/rollcall/./socket/websocket",
        "/rollcall/socket/./websocket",
        "/rollcall/socket/websocket/.",
        "/rollcall/x/../socket/websocket",
        "/rollcall/socket/x/../websocket",
        "/x/../rollcall/socket/websocket",
        "/rollcall/socket/..;/socket/websocket",
        "/rollcall/socket/..;x/socket/websocket",
        "/rollcall/socket/%2e/websocket",
        "/rollcall/x/%2e%2e/socket/websocket",
        "/rollcall/x/.%2e/socket/websocket",
        "/rollcall/../rollcall/socket/websocket",
        // slashes
        "//rollcall/socket/websocket",
        "/rollcall//socket/websocket",
        "/rollcall/socket//websocket",
        "/rollcall/socket/websocket/",
        "/rollcall/socket/websocket//",
        "/rollcall/socket%2fwebsocket",
        "/rollcall/socket%2Fwebsocket",
        "/rollcall%2fsocket%2fwebsocket",
        "/rollcall/socket%5cwebsocket",
        "/rollcall/socket\\websocket",
        "/rollcall\\socket\\websocket",
        "\\rollcall/socket/websocket",
        // escapes
        "/rollcall/%73ocket/websocket",
        "/rollcall/socket/%77ebsocket",
        "/rollcall/socket/websocke%74",
        "/%72ollcall/socket/websocket",
        "/rollcall/socket/websocket%00",
        "/rollcall/socket/websocket%20",
        "/rollcall/socket/websocket%3Fvsn=2.0.0",
        "/rollcall/socket/websocket%23",
        "/rollcall/socket/%2577ebsocket",
        "/rollcall/socket/%u0077ebsocket",
        "/rollcall/socket/%c1%b7ebsocket",
        "/rollcall/socket/websocket%0d%0a",
        // letters
        "/ROLLCALL/socket/websocket",
        "/rollcall/Socket/websocket",
        "/rollcall/socket/WEBSOCKET",
        // other addresses
        "/rollcall/socket",
        "/rollcall/socket/",
        "/rollcall/socket/websocket/x",
        "/rollcall/api/counts/count:1",
        "/rollcall/",
        "/rollcall",
        "/",
        "*",
        "rollcall/socket/websocket",
        "http://{host}/rollcall/socket;x/websocket",
        "http://{host}//rollcall/socket/websocket",
        "http://evil.example/rollcall/socket;x/websocket",
        "?/rollcall/socket/websocket");
  }

  private RawConnection.Answer upgrade(String target, String... headers) {
    List<String> lines = new ArrayList<>();
    lines.add("GET " + target + " HTTP/1.1");
    lines.add(HOST);
    lines.addAll(List.of("Upgrade: websocket", "Connection: Upgrade", KEY, VERSION));
    lines.addAll(List.of(headers));
    try (RawConnection connection = RawConnection.to(site())) {
      return connection.request(lines.toArray(String[]::new));
    }
  }

  private static String with(String target, String query) {
    return target + (target.contains("?") ? "&" : "?") + query;
  }

  private static String token() {
    return "vsn=2.0.0&token=" + TestToken.of("addressee").text();
  }

  /** No connection is open after: both servers confirm one by this header. */
  private static void assertClosed(String asked, RawConnection.Answer answer) {
    assertThat(answer.header("Sec-WebSocket-Accept")).as(asked).isEmpty();
    // Nothing, if the server hangs up on a line that is none; 200 is Payara's own answer to an
    // escape that it cannot read.
    assertThat(answer.status()).as(asked).isIn(0, 200, 301, 302, 400, 403, 404, 405, 426);
  }

  @ParameterizedTest
  @MethodSource("otherSpellings")
  default void noOtherSpellingOfTheAddressOpensAConnection(String target) {
    assertClosed(target, upgrade(target, STRANGER));
    assertClosed(target, upgrade(with(target, token()), GUEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rollcall/socket/websocket", "http://{host}/rollcall/socket/websocket"})
  default void theAddressItselfIsForGuestsOnly(String target) {
    assertThat(upgrade(with(target, token()), GUEST).status()).isEqualTo(101);
    assertThat(upgrade(with(target, token()), STRANGER).status()).isEqualTo(403);
    assertThat(upgrade(with(target, "vsn=2.0.0"), GUEST).status()).isEqualTo(403);
    assertThat(upgrade(with(target, "vsn=9&" + token()), GUEST).status()).isEqualTo(403);
  }

  /** Payara takes it for a request to the host that it names, and WildFly refuses it. */
  @Test
  default void anAddressOfAnotherHostOpensNothingForStrangers() {
    String target = "http://evil.example/rollcall/socket/websocket";
    assertThat(upgrade(with(target, token()), GUEST).status()).isIn(101, 400);
    assertThat(upgrade(with(target, token()), STRANGER).status()).isIn(403, 400);
    assertThat(upgrade(with(target, "vsn=2.0.0"), GUEST).status()).isIn(403, 400);
  }

  /** Payara takes a session's id out of the address before anyone sees it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rollcall/socket/websocket;jsessionid=1",
        "/rollcall/socket;jsessionid=1/websocket",
        "/rollcall/socket/websocket;jsessionid=1;x=2"
      })
  default void anAddressWithASessionIsNoWayIn(String target) {
    assertClosed(target, upgrade(with(target, token()), STRANGER));
    assertClosed(target, upgrade(with(target, "vsn=2.0.0"), GUEST));
  }

  /** Heads that one reader may take for a handshake, and another for something else. */
  static Stream<List<String>> otherHeads() {
    String address = "GET /rollcall/socket/websocket?vsn=2.0.0 HTTP/1.1";
    String upgrade = "Upgrade: websocket";
    String connection = "Connection: Upgrade";
    return Stream.of(
        List.of(address, HOST, "UPGRADE: WebSocket", "connection: upgrade", KEY, VERSION),
        List.of(address, HOST, "Upgrade: h2c, websocket", connection, KEY, VERSION),
        List.of(address, HOST, "Upgrade: h2c", upgrade, connection, KEY, VERSION),
        List.of(address, HOST, upgrade, "Upgrade: h2c", connection, KEY, VERSION),
        List.of(address, HOST, "Upgrade: websocket/13", connection, KEY, VERSION),
        List.of(address, HOST, "Upgrade:", upgrade, connection, KEY, VERSION),
        List.of(address, HOST, connection, KEY, VERSION),
        List.of(address, HOST, upgrade, KEY, VERSION),
        List.of(address, HOST, upgrade, "Connection: keep-alive, Upgrade", KEY, VERSION),
        List.of(address, HOST, upgrade, "Connection: close", connection, KEY, VERSION),
        List.of(address, HOST, upgrade, connection, VERSION),
        List.of(address, HOST, upgrade, connection, KEY, KEY, VERSION),
        List.of(address, HOST, upgrade, connection, KEY, "Sec-WebSocket-Version: 8"),
        List.of(
            address,
            HOST,
            "Upgrade: websocket, h2c",
            "Connection: Upgrade, HTTP2-Settings",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            KEY,
            VERSION),
        List.of(
            "GET /rollcall/socket/websocket?vsn=2.0.0 HTTP/1.0",
            HOST,
            upgrade,
            connection,
            KEY,
            VERSION),
        List.of(
            "POST /rollcall/socket/websocket?vsn=2.0.0 HTTP/1.1",
            HOST,
            "Content-Length: 0",
            upgrade,
            connection,
            KEY,
            VERSION),
        List.of(
            "POST /rollcall/socket;x/websocket HTTP/1.1",
            HOST,
            "Content-Length: 0",
            upgrade,
            connection,
            KEY,
            VERSION),
        List.of(
            "GET /rollcall/socket;x/websocket HTTP/1.0", HOST, upgrade, connection, KEY, VERSION),
        List.of("GET /rollcall/socket;x/websocket HTTP/1.1", HOST, connection, KEY, VERSION),
        List.of(
            "GET /rollcall/socket;x/websocket HTTP/1.1",
            HOST,
            "Upgrade: h2c",
            upgrade,
            connection,
            KEY,
            VERSION));
  }

  @ParameterizedTest
  @MethodSource("otherHeads")
  default void noOtherHeadOpensAConnection(List<String> lines) {
    List<String> head = new ArrayList<>(lines);
    head.add(STRANGER);
    try (RawConnection connection = RawConnection.to(site())) {
      assertClosed("" + lines, connection.request(head.toArray(String[]::new)));
    }
  }

  @Test
  default void manyStrangersByAnotherSpellingLeaveNothingOpen() {
    for (int i = 0; i < 40; i++) {
      assertClosed("", upgrade("/rollcall/socket;x/websocket", STRANGER));
    }
  }
}
