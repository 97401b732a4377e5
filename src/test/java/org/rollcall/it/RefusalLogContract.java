package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/**
 * Why a client is refused, as the log says it: a client is told a bare status. Each reason is said
 * once in ten minutes, so that these look at all that was logged. Hold where {@code
 * rollcall.origins=https://ok.example} and {@code rollcall.anonymous=false}.
 */
interface RefusalLogContract extends Deployed {
  String KNOWN = "door-known-only-to-the-test";
  String TOKEN_REFUSED = "A token was refused: ";
  String HANDSHAKE_REFUSED = "A handshake was refused with 403: ";

  private static String unsigned(String algorithm) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String head = "{\"alg\":\"" + algorithm + "\"}";
    return base64.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + ".e30.AAAA";
  }

  private static String claims(String more) {
    long later = Instant.now().plusSeconds(600).getEpochSecond();
    return "{\"exp\":%d,%s}".formatted(later, more);
  }

  private static long soon() {
    return Instant.now().plusSeconds(300).getEpochSecond();
  }

  static Stream<Arguments> refusedTokens() {
    TestToken good = TestToken.of(KNOWN);
    String other = "another key, also of 32 bytes or so";
    return Stream.of(
        Arguments.of("nonsense", "it is no JWT in compact form"),
        Arguments.of(good.signedWith(other), "its signature is not by the key that is set"),
        Arguments.of(good.endingIn(Duration.ofHours(-1)).text(), "it has expired at 20"),
        Arguments.of(good.without("exp").text(), "it has no exp"),
        Arguments.of(good.without("sub").text(), "it has no sub"),
        Arguments.of(TestToken.signed(claims("\"sub\":[1]")), "has another type than expected"),
        Arguments.of(
            TestToken.signed(claims("\"sub\":\"" + KNOWN + "\",\"friends\":\"x\"")),
            "has another type than expected"),
        Arguments.of(
            TestToken.signed(claims("\"sub\":\"" + KNOWN + "\",\"nbf\":" + soon())),
            "it is not valid yet"),
        Arguments.of(unsigned("none"), "its algorithm is not taken"),
        Arguments.of(unsigned("HS512"), "its algorithm is not taken"),
        Arguments.of(unsigned("RS256"), "rollcall.oidc.issuer is not set"));
  }

  @ParameterizedTest
  @MethodSource("refusedTokens")
  default void theLogSaysWhichCheckATokenFailedAtTheSocket(String token, String why) {
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("vsn=2.0.0&token=" + token).status()).isEqualTo(403);
    }
    awaitLine(TOKEN_REFUSED, why);
  }

  @ParameterizedTest
  @MethodSource("refusedTokens")
  default void theLogSaysWhichCheckATokenFailedAtTheApi(String token, String why) {
    assertThat(site().get("presence/x", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(401);
    awaitLine(TOKEN_REFUSED, why);
  }

  @Test
  default void theLogSaysThatAnAuthorizationIsNoBearerToken() {
    String basic =
        Base64.getEncoder().encodeToString((KNOWN + ":x").getBytes(StandardCharsets.UTF_8));
    assertThat(site().get("presence/x", "Authorization", "Basic " + basic).statusCode())
        .isEqualTo(401);
    awaitLine("A request was refused with 401: ", "its Authorization is no bearer token");
  }

  @Test
  default void theLogSaysThatARequestDoesNotSayWhoItIsFrom() {
    assertThat(site().get("visibility").statusCode()).isEqualTo(401);
    assertThat(site().send("POST", "token", "").statusCode()).isEqualTo(401);
    awaitLine("A request was refused with 401: ", "it has neither a bearer token nor a log-in");
  }

  @Test
  default void theLogSaysThatAUserIsNoAdministrator() {
    String token = "Bearer " + TestToken.of(KNOWN).text();
    assertThat(site().get("cluster", "Authorization", token).statusCode()).isEqualTo(403);
    awaitLine("A request was refused with 403: ", "not in the group rollcall-admin");
  }

  @Test
  default void theLogSaysThatAUserIsBlocked() {
    String token = TestToken.of(KNOWN).text();
    assertThat(site().asAdmin("POST", "users/" + KNOWN + "/block", "").statusCode()).isEqualTo(204);
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("vsn=2.0.0&token=" + token).status()).isEqualTo(403);
    } finally {
      assertThat(site().asAdmin("POST", "users/" + KNOWN + "/unblock", "").statusCode())
          .isEqualTo(204);
    }
    awaitLine(TOKEN_REFUSED, "an administrator has blocked its user");
  }

  static Stream<Arguments> refusedHandshakes() {
    return Stream.of(
        Arguments.of(
            "vsn=2.0.0",
            "Origin: https://evil.example",
            "its page's origin is 'https://evil.example', and rollcall.origins lists"
                + " [https://ok.example]"),
        Arguments.of("vsn=9", "X-None: 1", "its version (vsn) is '9', and 1.0.x and 2.0.x"),
        Arguments.of("vsn=2.0.0", "X-None: 1", "it has no token, and rollcall.anonymous is false"));
  }

  @ParameterizedTest
  @MethodSource("refusedHandshakes")
  default void theLogSaysWhyAHandshakeIsRefused(String query, String header, String why) {
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake(query, header).status()).isEqualTo(403);
    }
    awaitLine(HANDSHAKE_REFUSED, why);
  }

  @Test
  default void theLogSaysThatAProxyPassesNoUpgradeOn() {
    try (RawConnection connection = RawConnection.to(site())) {
      String line = "GET /rollcall/socket/websocket?vsn=2.0.0 HTTP/1.1";
      assertThat(connection.request(line, "Host: {host}").status()).isEqualTo(426);
    }
    awaitLine("answered with 426: ", "has to pass on the headers Upgrade and Connection");
  }

  /** A stranger must not fill the log: the second of a reason is not said. */
  @Test
  default void aReasonIsSaidOnce() {
    ServerLog log = new ServerLog();
    for (int i = 0; i < 5; i++) {
      theLogSaysWhyAHandshakeIsRefused("vsn=2.0.0", "X-None: 1", "it has no token");
    }
    // Another test may have had it said before.
    assertThat(log.text().lines())
        .filteredOn(line -> line.contains(HANDSHAKE_REFUSED + "it has no token"))
        .hasSizeLessThan(2);
  }

  @Test
  default void theLogSaysThatAConnectTokenOpensNoApi() {
    String bearer = "Bearer " + TestToken.of(KNOWN).text();
    HttpResponse<String> given = site().send("POST", "token", "", "Authorization", bearer);
    String connect = given.body().replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(site().get("presence/x", "Authorization", "Bearer " + connect).statusCode())
        .isEqualTo(401);
    awaitLine(TOKEN_REFUSED, "it is a connect token of Rollcall's own");
    ServerLog.assertSilentAbout(connect.substring(0, 30));
  }

  /** Waits until the log has a line of a reason, and makes sure that it names no user. */
  static void awaitLine(String begin, String why) {
    Await.until(
        () ->
            assertThat(ServerLog.whole().lines())
                .anyMatch(line -> line.contains(begin) && line.contains(why)));
    ServerLog.assertSilentAbout(KNOWN);
  }
}
