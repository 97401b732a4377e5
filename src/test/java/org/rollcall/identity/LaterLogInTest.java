package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.Settings;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.LogoutTokenVerifier;
import org.rollcall.identity.oidc.LogoutTokenVerifier.Verdict;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.MemoryLogouts;

/** Log-ins after a log-out, and logout tokens that name somebody in an unusual way. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LaterLogInTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final Logouts logouts =
      new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run);
  private final LogoutTokenVerifier tokens =
      new LogoutTokenVerifier(
          trusted.settings("groups"), trusted.keys(), logouts, InstantSource.system());

  @AfterEach
  void stop() {
    trusted.close();
  }

  private Map<String, Object> of(String claim, String value) {
    Map<String, Object> claims = issuer.logoutClaims();
    claims.put(claim, value);
    return claims;
  }

  private Optional<Logout> verify(Map<String, Object> claims) {
    return tokens.judge(issuer.sign(claims, "RS256")) instanceof Verdict.Right right
        ? Optional.of(right.logout())
        : Optional.empty();
  }

  /** Verifies a token of session s whose times are so many seconds after the log-out. */
  private boolean isBelieved(Logout logout, @Nullable Long issued, @Nullable Long authenticated) {
    Map<String, Object> claims = issuer.claims("7");
    claims.put("sid", "s");
    claims.remove("iat");
    long at = logout.at().getEpochSecond();
    if (issued != null) {
      claims.put("iat", at + issued);
    }
    if (authenticated != null) {
      claims.put("auth_time", at + authenticated);
    }
    return trusted
        .verifier()
        .verify(issuer.sign(claims, "RS256"))
        .filter(user -> !logout.ends(user))
        .isPresent();
  }

  @Test
  void aLaterLogInIsBelievedThoughItsSessionHasTheNameOfOneThatEnded() {
    for (String sub : new String[] {"", "7"}) {
      Map<String, Object> claims = of("sid", "s");
      if (!sub.isEmpty()) {
        claims.put("sub", sub);
      }
      Logout logout = verify(claims).orElseThrow();
      assertThat(isBelieved(logout, 1L, null)).isTrue();
      assertThat(isBelieved(logout, 1L, 1L)).isTrue();
      assertThat(isBelieved(logout, 60L, 1L)).isTrue();
      assertThat(isBelieved(logout, -1L, null)).isFalse();
      assertThat(isBelieved(logout, -1L, -1L)).isFalse();
      // A token that is new, of the log-in that has ended.
      assertThat(isBelieved(logout, 60L, -1L)).isFalse();
      // An issuer that does not tell, or contradicts itself.
      assertThat(isBelieved(logout, -1L, 60L)).isFalse();
      assertThat(isBelieved(logout, null, null)).isFalse();
      assertThat(isBelieved(logout, null, 60L)).isFalse();
    }
  }

  @Test
  void aConnectTokenOfALaterLogInIsBelievedAndThatOfTheEndedOneIsNot() {
    ConnectTokens connect = ConnectTokens.of(Settings.read(name -> Optional.empty()));
    TokenVerifier all =
        new TokenVerifiers(TokenVerifiers.NONE, trusted.verifier(), connect, logouts);
    Map<String, Object> claims = issuer.claims("7");
    claims.put("auth_time", claims.get("iat"));
    String before = connect.mint(all.verify(issuer.sign(claims, "RS256")).orElseThrow());
    logouts.tell(verify(of("sid", "session-of-7")).orElseThrow());
    claims.put("iat", Instant.now().getEpochSecond() + 2);
    assertThat(all.verify(issuer.sign(claims, "RS256"))).isEmpty();
    claims.put("auth_time", claims.get("iat"));
    String after = connect.mint(all.verify(issuer.sign(claims, "RS256")).orElseThrow());
    assertThat(all.verifyToConnect(before)).isEmpty();
    assertThat(all.verifyToConnect(after)).isPresent();
  }

  @Test
  void aLogoutNamesAUserByAnIntegerAsTokensDo() {
    Map<String, Object> told = issuer.logoutClaims();
    told.put("sub", 9007199254740993L);
    Logout logout = verify(told).orElseThrow();
    assertThat(logout.user()).contains("9007199254740993");
    Map<String, Object> claims = issuer.claims("");
    claims.put("sub", 9007199254740993L);
    claims.remove("sid");
    User user = trusted.verifier().verify(issuer.sign(claims, "RS256")).orElseThrow();
    assertThat(user.id()).isEqualTo("9007199254740993");
    assertThat(user.subject()).contains("9007199254740993");
    assertThat(logout.ends(user)).isTrue();
  }

  @Test
  void aLogoutTokenThatIsLongIsNotRead() {
    Map<String, Object> claims = of("sid", "s7");
    claims.put("more", "x".repeat(20_000));
    assertThat(verify(claims)).isEmpty();
  }
}
