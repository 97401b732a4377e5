package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.Settings;
import org.rollcall.testing.LocalIssuer;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogoutTokensTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final Logouts logouts = new Logouts();
  private final LogoutTokens tokens =
      new LogoutTokens(trusted.settings("groups"), trusted.keys(), logouts);

  @AfterEach
  void stop() {
    trusted.close();
  }

  private static User user(String id, Instant issued) {
    return new User(
        id,
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        new User.Grant(Optional.of("session-of-" + id), issued, Instant.MAX));
  }

  private Map<String, Object> of(String claim, String value) {
    Map<String, Object> claims = issuer.logoutClaims();
    claims.put(claim, value);
    return claims;
  }

  private Optional<Logout> verify(Map<String, Object> claims) {
    return tokens.verify(issuer.sign(claims, "RS256"));
  }

  @Test
  void aSessionEndsWhoeversItIs() {
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.put("sub", "7");
    Logout logout = verify(claims).orElseThrow();
    assertThat(logout.kind()).isEqualTo(Logout.Kind.SESSION);
    assertThat(logout.ends(user("7", Instant.now().plusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("8", Instant.EPOCH))).isFalse();
  }

  @Test
  void aUserEndsWithAllThatBeganBefore() {
    Logout logout = verify(of("sub", "7")).orElseThrow();
    assertThat(logout.kind()).isEqualTo(Logout.Kind.USER);
    assertThat(logout.ends(user("7", Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("7", Instant.now().plusSeconds(1)))).isFalse();
    assertThat(logout.ends(user("8", Instant.EPOCH))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "iss,https://evil.example",
    "aud,another",
    "aud,",
    "iat,-700",
    "iat,60",
    "iat,",
    "exp,-30",
    "exp,",
    "jti,",
    "events,",
    "events,text",
    "nonce,any",
    "sid,",
    "sid,''"
  })
  void aTokenThatIsWrongEndsNothing(String claim, @Nullable String value) {
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.remove(claim);
    if (value != null) {
      boolean time = claim.equals("iat") || claim.equals("exp");
      long now = System.currentTimeMillis() / 1000;
      claims.put(claim, time ? (Object) (now + Long.parseLong(value)) : value);
    }
    assertThat(verify(claims)).isEmpty();
  }

  @Test
  void anotherEventEndsNothing() {
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.put("events", Map.of("http://schemas.openid.net/event/other", Map.of()));
    assertThat(verify(claims)).isEmpty();
    claims.put("events", new HashMap<>(Map.of("http://schemas.openid.net/event/other", 1)));
    assertThat(verify(claims)).isEmpty();
    assertThat(tokens.verify(issuer.token("7"))).isEmpty();
    assertThat(tokens.verify("nonsense")).isEmpty();
  }

  @Test
  void aLogoutWaitsForAKeyThatIsNotKnownYet() {
    IssuerKeys none =
        new IssuerKeys(
            trusted.settings("groups"), task -> new Thread(task).start(), System::nanoTime);
    Trust.Issuer late =
        new Trust.Issuer(none, new LogoutTokens(trusted.settings("groups"), none, logouts));
    String token = issuer.sign(of("sid", "session-of-7"), "RS256");
    assertThat(late.logouts().verify("nonsense")).isEmpty();
    assertThat(late.verifyLogout(token)).isPresent();
  }

  @Test
  void aLogoutCountsOnce() {
    Map<String, Object> claims = of("sid", "session-of-7");
    assertThat(logouts.note(verify(claims).orElseThrow())).isTrue();
    assertThat(verify(claims)).isEmpty();
  }

  @Test
  void aLogoutTokenIsNoBearerToken() {
    Map<String, Object> claims = of("sub", "7");
    assertThat(verify(claims)).isPresent();
    assertThat(trusted.tokens().verify(issuer.sign(claims, "RS256"))).isEmpty();
  }

  @Test
  void nodesUnderstandEachOther() {
    Logout logout = new Logout(Logout.Kind.USER, "a b%+é", Instant.ofEpochMilli(12), "x y");
    assertThat(Logout.parse(logout.text())).isEqualTo(logout);
  }

  @Test
  void tokensOfAnEndedLogInAreRefused() {
    ConnectTokens connect = ConnectTokens.of(Settings.read(name -> Optional.empty()));
    Tokens all = new AllTokens(AllTokens.NONE, trusted.tokens(), connect, logouts);
    String bearer = issuer.token("7");
    String token = connect.mint(all.verify(bearer).orElseThrow());
    String other = connect.mint(all.verify(issuer.token("8")).orElseThrow());
    assertThat(all.verifyToConnect(token)).isPresent();
    logouts.note(verify(of("sid", "session-of-7")).orElseThrow());
    assertThat(all.verifyToConnect(token)).isEmpty();
    assertThat(all.verifyToConnect(bearer)).isEmpty();
    assertThat(all.verify(bearer)).isEmpty();
    assertThat(all.verifyToConnect(other)).isPresent();
  }
}
