package org.rollcall.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.RandomInput;
import org.rollcall.testing.TestToken;

/** The short way to verify HS256 takes the tokens that jose4j takes, and no others. */
@Timeout(60)
class JwtVerifierTest {
  private static final long SEED = Long.getLong("rollcall.seed", 20261129);
  private static final int TOKENS = 5_000;
  private static final byte[] KEY = TestToken.SECRET.getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = ("x" + TestToken.SECRET).getBytes(StandardCharsets.UTF_8);
  private static final String CLAIMS = "{\"sub\":\"7\",\"exp\":4000000000}";

  private final JwtVerifier jose = new JwtVerifier(JwtVerifierTest::rules);
  private final JwtVerifier hmac = new JwtVerifier(JwtVerifierTest::rules, KEY);

  private static JwtConsumerBuilder rules() {
    return JwtVerifier.rules("HS256")
        .setRequireSubject()
        .setSkipDefaultAudienceValidation()
        .setVerificationKey(new HmacKey(KEY));
  }

  private static Optional<JwtClaims> claims(JwtVerifier verifier, String token) {
    try {
      return Optional.of(verifier.verify(token));
    } catch (InvalidJwtException refused) {
      return Optional.empty();
    }
  }

  private Optional<String> both(String token) {
    Optional<String> claims = claims(hmac, token).map(JwtClaims::toString);
    assertThat(claims).as(token).isEqualTo(claims(jose, token).map(JwtClaims::toString));
    return claims;
  }

  @Test
  void bothWaysTakeTheSameTokens() {
    RandomInput random = new RandomInput(SEED);
    int taken = 0;
    for (int i = 0; i < TOKENS; i++) {
      String header =
          random.oneOf(
              "{\"alg\":\"HS256\"}",
              "{\"alg\":\"HS256\",\"typ\":%s}".formatted(random.json(1)),
              "{\"alg\":\"HS256\",\"kid\":%s}".formatted(random.json(1)));
      String claims =
          "{\"sub\":%s,\"exp\":%s,\"%s\":%s}"
              .formatted(
                  random.oneOf("\"ada\"", "7", random.json(1)),
                  random.oneOf("4000000000", "4000000000", random.json(1)),
                  random.oneOf("groups", "friends", "aud", "nbf", "iat", "sub"),
                  random.json(2));
      byte[] key = random.oneOf("", "", "x").isEmpty() ? KEY : OTHER;
      taken += both(TestToken.signed(header, claims, key)).isPresent() ? 1 : 0;
    }
    assertThat(taken).as("tokens that were taken, seed %d", SEED).isBetween(TOKENS / 20, TOKENS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
        "{\"alg\":\"HS256\",\"b64\":false}",
        "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
        "{\"alg\":\"HS256\",\"enc\":\"A128GCM\"}",
        "{\"alg\":\"HS256\",\"cty\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"alg\":\"none\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"none\"}",
        "{\"alg\":[\"HS256\"]}",
        "[\"HS256\"]",
        "{}"
      })
  void aHeaderWithMoreThanAlgorithmTypeAndKeyIsLeftToJose(String header) {
    Optional<String> unused = both(TestToken.signed(header, CLAIMS, KEY));
  }

  @Test
  void theClaimsOfATokenWithTheRightSignatureAreStillVerified() {
    assertThat(both(TestToken.signed("{\"alg\":\"HS256\"}", CLAIMS, KEY))).isPresent();
    assertThat(both(TestToken.signed("{\"alg\":\"HS256\"}", "{\"exp\":4000000000}", KEY)))
        .isEmpty();
    assertThat(both(TestToken.signed("{\"alg\":\"HS256\"}", "{\"sub\":\"7\"}", KEY))).isEmpty();
    assertThat(both(TestToken.signed("{\"alg\":\"HS256\"}", "no JSON", KEY))).isEmpty();
  }
}
