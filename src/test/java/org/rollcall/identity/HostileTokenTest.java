package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.config.Settings;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.TestToken;

/** Tokens of the greatest length whose claims are meant to cost much before they are refused. */
@Timeout(30)
class HostileTokenTest {
  /** What fits into a part of a token of 65,536 characters, in base64. */
  private static final int MOST = 48_000;

  private static final String GOOD = "{\"alg\":\"HS256\"}";

  private static TokenVerifier tokens(TokenVerifier secret) {
    return new TokenVerifiers(
        secret,
        TokenVerifiers.NONE,
        ConnectTokens.of(Settings.read(name -> Optional.empty())),
        new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String token(String head, String claims) {
    return encoded(head) + "." + encoded(claims) + ".AAAA";
  }

  /** Returns the text again and again, up to the greatest length. */
  private static String full(String text, String rest) {
    return text.repeat((MOST - rest.length()) / text.length()) + rest;
  }

  /** Returns an object with so many keys of one hash. */
  private static String colliding(int bits) {
    return IntStream.range(0, 1 << bits)
        .mapToObj(i -> "\"" + key(i, bits) + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String key(int number, int bits) {
    return IntStream.range(0, bits)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  static Stream<String> costly() {
    return Stream.of(
        full("[", ""),
        full("{\"a\":", ""),
        "{\"sub\":" + "[".repeat(MOST / 2 - 10) + "]".repeat(MOST / 2 - 10) + "}",
        "{\"sub\":" + "{\"a\":".repeat(MOST / 7) + "1" + "}".repeat(MOST / 7) + "}",
        "{\"exp\":" + full("9", "}"),
        "{\"exp\":0." + full("9", "}"),
        "{\"exp\":-" + full("1", "e99999}"),
        "{\"exp\":1e" + full("9", "}"),
        "{\"sub\":\"" + full("\\u0000", "\"}"),
        "{" + full("\"a\":1,", "\"b\":1}"),
        full(" ", "{}"),
        colliding(11));
  }

  @ParameterizedTest
  @MethodSource("costly")
  void claimsThatNobodyVouchesForCostLittle(String claims) {
    assertCheap(tokens(TokenVerifiers.NONE), token(GOOD, claims));
    assertCheap(tokens(TokenVerifiers.NONE), token(claims, "{}"));
    TokenVerifier secret = new SharedSecretVerifier(TestToken.SECRET, Optional.empty());
    assertCheap(tokens(secret), token(GOOD, claims));
    assertCheap(tokens(secret), token(claims, claims));
  }

  /** Forty within four seconds, on a busy machine too. */
  private static void assertCheap(TokenVerifier verifier, String token) {
    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(verifier.verify(token)).isEmpty();
      assertThat(verifier.verifyToConnect(token)).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void oneThatIsSignedIsRefusedWithoutAnErrorToo() {
    TokenVerifier verifier = tokens(new SharedSecretVerifier(TestToken.SECRET, Optional.empty()));
    costly().map(TestToken::signed).forEach(token -> assertThat(verifier.verify(token)).isEmpty());
  }

  @Test
  void bracketsInsideOfTextsAreNoLevels() {
    TokenVerifier verifier = tokens(new SharedSecretVerifier(TestToken.SECRET, Optional.empty()));
    String claims = "{\"sub\":\"ada\",\"exp\":4000000000,\"name\":\"\\\"" + "[".repeat(99) + "\"}";
    assertThat(verifier.verify(TestToken.signed(claims))).isPresent();
  }
}
