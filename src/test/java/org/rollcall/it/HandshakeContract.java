package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** Who may connect. Holds where {@code rollcall.origins=https://ok.example}. */
interface HandshakeContract extends Deployed {
  private RawConnection.Answer handshake(String query, String... headers) {
    try (RawConnection connection = RawConnection.to(site())) {
      return connection.handshake(query, headers);
    }
  }

  private void assertRefused(String query, String... headers) {
    RawConnection.Answer answer = handshake(query, headers);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
  }

  private void assertWelcome(String query, String... headers) {
    assertThat(handshake(query, headers).status()).isEqualTo(101);
  }

  private static TestToken token() {
    return TestToken.of("handshaker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0.0", "1.1.0", "2", "2.0.0x", ""})
  default void anUnknownVersionIsRefused(String version) {
    assertRefused("vsn=" + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsn=1.0.0", "vsn=2.0.0", "vsn=2.0.7", "a=b"})
  default void bothVersionsAndNoneAreWelcome(String query) {
    assertWelcome(query);
  }

  /** A browser sends websocket with a handshake, or no mode; with images and scripts another. */
  @ParameterizedTest
  @ValueSource(strings = {"no-cors", "navigate", "cors", "same-origin", "", "websocket, cors"})
  default void anUpgradeThatNoWebSocketMadeIsRefusedAtOnce(String mode) {
    RawConnection.Answer answer = handshake("vsn=2.0.0", "Sec-Fetch-Mode: " + mode);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEmpty();
    assertWelcome("vsn=2.0.0", "Sec-Fetch-Mode: websocket", "Sec-Fetch-Dest: websocket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "http://ok.example", "https://ok.example.org", "null"})
  default void aForeignOriginIsRefused(String origin) {
    assertRefused("vsn=2.0.0", "Origin: " + origin);
  }

  @Test
  default void aForeignOriginIsRefusedWhateverItsToken() {
    assertRefused("vsn=2.0.0&token=" + token().text(), "Origin: https://evil.example");
  }

  @Test
  default void noOriginAndAListedOneAreWelcome() {
    assertWelcome("vsn=2.0.0");
    assertWelcome("vsn=2.0.0", "Origin: https://ok.example");
    assertWelcome("vsn=2.0.0", "Origin: https://ok.example:443");
  }

  /** A host is of the client's choice: a name of the attacker's may lead to this server. */
  @Test
  default void whereOriginsAreListedTheSameOriginIsNoneOfThem() {
    assertRefused("vsn=2.0.0", "Origin: http://" + site().host());
  }

  @Test
  default void aWrongTokenIsRefused() {
    assertRefused("vsn=2.0.0&token=nonsense");
    assertRefused("vsn=2.0.0&token=" + token().endingIn(Duration.ofMinutes(-1)).text());
    assertRefused("vsn=2.0.0&token=" + token().unsigned());
    assertRefused("vsn=2.0.0&token=" + token().signedWith("another key, also of 32 bytes or so"));
    assertRefused("vsn=2.0.0&token=" + token().without("sub").text());
    assertRefused("vsn=2.0.0&token=" + token().without("exp").text());
    assertRefused("vsn=2.0.0&token=" + TestToken.of("__proto__").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "9007199254740993", "18446744073709551615", "\"7\""})
  default void aUserIdMayBeAnInteger(String sub) {
    assertWelcome("vsn=2.0.0&token=" + TestToken.signed(claims(sub)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.0", "7e0", "0.5", "1e400", "true", "null", "[7]", "{}"})
  default void aUserIdIsNothingElse(String sub) {
    assertRefused("vsn=2.0.0&token=" + TestToken.signed(claims(sub)));
  }

  private static String claims(String sub) {
    return "{\"sub\":" + sub + ",\"exp\":" + (System.currentTimeMillis() / 1000 + 600) + "}";
  }

  @Test
  default void aRightTokenIsWelcomeInTheQuery() {
    assertWelcome("vsn=2.0.0&token=" + token().text());
  }

  @Test
  default void anEmptyTokenIsNone() {
    assertWelcome("vsn=2.0.0&token=");
  }

  @Test
  default void aTokenInTheSubprotocolIsAnsweredWithPhoenixAlone() {
    RawConnection.Answer answer =
        handshake("vsn=2.0.0", "Sec-WebSocket-Protocol: phoenix, " + bearer(token().text()));
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.header("Sec-WebSocket-Protocol")).containsExactly("phoenix");
  }

  @Test
  default void aWrongTokenInTheSubprotocolIsRefused() {
    assertRefused("vsn=2.0.0", "Sec-WebSocket-Protocol: phoenix, " + bearer("nonsense"));
    assertRefused("vsn=2.0.0", "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.%%%");
  }

  /** As phoenix.js does it: btoa without padding, whatever the name says. */
  private static String bearer(String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return "base64url.bearer.phx." + Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
