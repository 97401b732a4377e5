package org.rollcall.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.config.Settings;
import org.rollcall.identity.TrustedIssuer;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.TestToken;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IssuerTokenVerifierTest {
  private static final ConnectTokens NO_CONNECT_TOKENS =
      ConnectTokens.of(Settings.read(name -> Optional.empty()));

  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final TokenVerifier verifier = trusted.verifier();

  @AfterEach
  void stop() {
    trusted.close();
  }

  private boolean believes(String token) {
    return verifier.verify(token).isPresent();
  }

  @Test
  void aTokenOfTheIssuerIsBelieved() {
    Map<String, Object> claims = issuer.claims("7");
    claims.put("name", "Ada");
    claims.put("groups", List.of(User.ADMIN));
    claims.put("friends", List.of("8", 9));
    User user = verifier.verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.id()).isEqualTo("7");
    assertThat(user.name()).contains("Ada");
    assertThat(user.isAdmin()).isTrue();
    assertThat(user.friends()).contains(Set.of("8", "9"));
    assertThat(user.session()).contains("session-of-7");
    assertThat(user.login().orElseThrow().getEpochSecond()).isEqualTo(claims.get("iat"));
    assertThat(user.until().getEpochSecond()).isEqualTo(claims.get("exp"));
  }

  @Test
  void groupsMayLieDeeper() {
    TokenVerifier deep =
        new IssuerTokenVerifier(trusted.settings("realm_access.roles"), trusted.keys());
    Map<String, Object> claims = issuer.claims("7");
    claims.put("realm_access", Map.of("roles", List.of("a", "b")));
    User user = deep.verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.groups()).containsExactlyInAnyOrder("a", "b");
    claims.put("realm_access.roles", List.of("c"));
    user = deep.verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.groups()).containsExactly("c");
  }

  @Test
  void theUsersIdAndNameMayHaveOtherClaims() {
    TokenVerifier other =
        new IssuerTokenVerifier(trusted.settings("groups", "oid", "person.nick"), trusted.keys());
    Map<String, Object> claims = issuer.claims("issuers-7");
    assertThat(other.verify(issuer.sign(claims, "RS256"))).isEmpty();
    claims.put("oid", "7");
    claims.put("name", "Augusta");
    assertThat(other.verify(issuer.sign(claims, "RS256")).orElseThrow().name()).isEmpty();
    claims.put("person", Map.of("nick", "Ada"));
    User user = other.verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.id()).isEqualTo("7");
    assertThat(user.name()).contains("Ada");
  }

  @Test
  void aUserIdThatIsAnIntegerIsItsDigits() {
    TokenVerifier other =
        new IssuerTokenVerifier(trusted.settings("groups", "app.uid", "name"), trusted.keys());
    for (Object number : List.of(7L, 9007199254740993L, new BigInteger("18446744073709551615"))) {
      Map<String, Object> claims = issuer.claims("");
      claims.put("sub", number);
      User user = verifier.verify(issuer.sign(claims, "RS256")).orElseThrow();
      assertThat(user.id()).isEqualTo(number.toString());
      assertThat(user.subject()).contains(number.toString());
      claims.put("sub", "issuers-7");
      claims.put("app", Map.of("uid", number));
      user = other.verify(issuer.sign(claims, "RS256")).orElseThrow();
      assertThat(user.id()).isEqualTo(number.toString());
      assertThat(user.subject()).contains("issuers-7");
    }
    Map<String, Object> claims = issuer.claims("7");
    claims.put("app", Map.of("uid", 7.5));
    assertThat(other.verify(issuer.sign(claims, "RS256"))).isEmpty();
    claims.put("sub", 7.5);
    assertThat(believes(issuer.sign(claims, "RS256"))).isFalse();
  }

  @Test
  void theOnlyGroupMayStandWithoutAnArray() {
    Map<String, Object> claims = issuer.claims("7");
    claims.put("groups", "a, b");
    User user = verifier.verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.groups()).containsExactly("a, b");
    claims.put("groups", Map.of("a", true));
    assertThat(believes(issuer.sign(claims, "RS256"))).isFalse();
    claims.put("groups", 7);
    assertThat(believes(issuer.sign(claims, "RS256"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "iss,https://evil.example",
    "iss,",
    "aud,another",
    "aud,",
    "exp,-6",
    "exp,",
    "nbf,60",
    "sub,",
    "sub,__proto__",
    "friends,none",
    "events,any"
  })
  void aTokenWithAWrongClaimIsNot(String claim, @Nullable String value) {
    Map<String, Object> claims = issuer.claims("7");
    claims.remove(claim);
    if (value != null) {
      boolean time = claim.equals("exp") || claim.equals("nbf");
      long now = System.currentTimeMillis() / 1000;
      claims.put(claim, time ? (Object) (now + Long.parseLong(value)) : value);
    }
    assertThat(believes(issuer.sign(claims, "RS256"))).isFalse();
    assertThat(believes(issuer.token("7"))).isTrue();
  }

  @Test
  void clocksMayDifferALittle() {
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> late = issuer.claims("7");
    late.put("exp", now - 2);
    assertThat(believes(issuer.sign(late, "RS256"))).isTrue();
    Map<String, Object> early = issuer.claims("7");
    early.put("nbf", now + 3);
    assertThat(believes(issuer.sign(early, "RS256"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256"})
  void signaturesWithRsaAreBelieved(String algorithm) {
    assertThat(believes(issuer.sign(issuer.claims("7"), algorithm))).isTrue();
  }

  @Test
  void signaturesWithEllipticCurvesAreBelieved() throws JoseException {
    PublicJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    curve.setKeyId("curve");
    issuer.rotate(curve);
    trusted.pass(Duration.ofMinutes(5));
    assertThat(believes(issuer.sign(issuer.claims("7"), "ES256"))).isTrue();
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws JoseException {
    Key secret = new HmacKey(issuer.key().getPublicKey().getEncoded());
    assertThat(believes(signed(AlgorithmIdentifiers.HMAC_SHA256, secret))).isFalse();
    assertThat(believes(signed(AlgorithmIdentifiers.NONE, null))).isFalse();
    assertThat(trusted.background().size()).isZero();
  }

  private String signed(String algorithm, @Nullable Key key) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setPayload(JsonUtil.toJson(issuer.claims("7")));
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKeyIdHeaderValue(issuer.key().getKeyId());
    signature.setKey(key);
    return signature.getCompactSerialization();
  }

  @Test
  void bothKindsOfTokensCanBeOn() {
    String secret = "0123456789abcdef0123456789abcdef";
    SharedSecretVerifier shared = new SharedSecretVerifier(secret, Optional.empty());
    TokenVerifier all =
        new TokenVerifiers(
            shared,
            verifier,
            NO_CONNECT_TOKENS,
            new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));
    assertThat(all.verify(TestToken.of("1").signedWith(secret))).isPresent();
    assertThat(all.verify(issuer.token("7"))).isPresent();
    assertThat(all.verify("nonsense")).isEmpty();
    assertThat(all.verify("a.b.c")).isEmpty();
    assertThat(
            new TokenVerifiers(
                    shared,
                    TokenVerifiers.NONE,
                    NO_CONNECT_TOKENS,
                    new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run))
                .verify(issuer.token("7")))
        .isEmpty();
  }
}
