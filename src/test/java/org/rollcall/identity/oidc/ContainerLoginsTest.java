package org.rollcall.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.identity.TrustedIssuer;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.LoggedTroubles;
import org.rollcall.testing.MemoryLogouts;

/** The users that are made from the container's log-ins. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerLoginsTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final Logouts logouts =
      new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run);
  private final ContainerLogins logIns =
      new ContainerLogins(
          Optional.of(trusted.settings("groups")),
          logouts,
          new ThrottledWarning(System.getLogger(ContainerLoginsTest.class.getName())));

  @AfterEach
  void stop() {
    trusted.close();
  }

  private Optional<User> user(String idToken) {
    return logIns.user("7", Optional.of(idToken), false);
  }

  private String with(String claim, Object value) {
    Map<String, Object> claims = issuer.claims("7");
    claims.put(claim, value);
    return issuer.sign(claims, "RS256");
  }

  @Test
  void theIdTokenSaysWhichLogInItIs() {
    Map<String, Object> claims = issuer.claims("7");
    User user = user(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.session()).contains("session-of-7");
    assertThat(user.login().orElseThrow().getEpochSecond()).isEqualTo(claims.get("iat"));
    logouts.tell(Logout.of(user, Instant.now()));
    assertThat(user(issuer.token("7"))).isEmpty();
  }

  static List<Object> unreadable() throws JoseException {
    JsonWebEncryption encrypted = new JsonWebEncryption();
    encrypted.setPayload("{\"sub\":\"7\",\"exp\":4000000000}");
    encrypted.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
    encrypted.setEncryptionMethodHeaderParameter(
        ContentEncryptionAlgorithmIdentifiers.AES_128_CBC_HMAC_SHA_256);
    encrypted.setKey(
        new AesKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    return List.of("nonsense", "", encrypted.getCompactSerialization());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whoseIdTokenCannotBeReadIsNobody(String token) {
    assertThat(user(token)).isEmpty();
  }

  @Test
  void whoseIdTokenHasAClaimOfAnotherTypeIsNobody() {
    assertThat(user(with("friends", "8"))).isEmpty();
    assertThat(user(with("friends", Map.of("8", true)))).isEmpty();
    assertThat(user(with("groups", Map.of("a", true)))).isEmpty();
    assertThat(user(with("sid", 7))).isEmpty();
    assertThat(user(with("iat", "today"))).isEmpty();
    Map<String, Object> endless = issuer.claims("7");
    endless.remove("exp");
    assertThat(user(issuer.sign(endless, "RS256"))).isEmpty();
    assertThat(user(with("groups", "a")).orElseThrow().groups()).containsExactly("a");
  }

  @Test
  void theLogTellsOnceOfIdTokensThatCannotBeReadAndOfNobodysName() {
    try (LoggedTroubles log = new LoggedTroubles()) {
      user(with("friends", "somebody"));
      user(with("friends", "somebody"));
      user("nonsense");
      assertThat(log.all())
          .singleElement()
          .asString()
          .contains("ID tokens have a claim of another type")
          .doesNotContain("somebody", "session-of-7");
    }
  }

  private ContainerLogins byClaim(String claim) {
    return new ContainerLogins(
        Optional.of(trusted.settings("groups", claim, "name")),
        logouts,
        new ThrottledWarning(System.getLogger(ContainerLoginsTest.class.getName())));
  }

  private Optional<String> id(Object uid) {
    return byClaim("uid.of").user("7", Optional.of(with("uid", uid)), false).map(User::id);
  }

  private Optional<String> fault(Object uid) {
    return byClaim("uid.of").fault("7", Optional.of(with("uid", uid)));
  }

  @Test
  void theClaimOfTheIdIsReadAsInABearerTokenAndThePrincipalsNameIsNone() {
    assertThat(id(Map.of("of", 42))).contains("42");
    assertThat(id(Map.of("of", 9007199254740993L))).contains("9007199254740993");
    assertThat(id(Map.of("of", "forty-two"))).contains("forty-two");
    assertThat(fault(Map.of("of", "forty-two"))).isEmpty();
    for (Object none : new Object[] {4.2, true, List.of("7"), Map.of("of", "7"), ""}) {
      assertThat(id(Map.of("of", none))).as("%s", none).isEmpty();
      assertThat(fault(Map.of("of", none))).as("%s", none).isPresent();
    }
    assertThat(id("none")).isEmpty();
    assertThat(fault("none").orElseThrow()).contains("uid.of").doesNotContain("none");
    assertThat(id(Map.of("of", "a,b"))).isEmpty();
    assertThat(fault(Map.of("of", "a,b"))).contains("the character ,");
    assertThat(byClaim("sub").user("8", Optional.of(issuer.token("7")), false).map(User::id))
        .contains("7");
  }

  @Test
  void withoutAnIdTokenThePrincipalIsTheUserAndItsRoleAnAdministrator() {
    assertThat(logIns.user("7", Optional.empty(), false).orElseThrow().isAdmin()).isFalse();
    assertThat(logIns.user("7", Optional.empty(), true).orElseThrow().isAdmin()).isTrue();
    String token = JsonUtil.toJson(issuer.claims("7"));
    assertThat(logIns.user("7", Optional.of(token), true)).isEmpty();
    assertThat(logIns.user("a,b", Optional.empty(), true)).isEmpty();
  }
}
