package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.IssuerTokenVerifier;
import org.rollcall.identity.oidc.LogoutTokenVerifier;
import org.rollcall.identity.oidc.LogoutTokenVerifier.Verdict;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.MemoryLogouts;

/** Log-outs of users whose ids are not what the issuer calls them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogoutBySubjectTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final Logouts logouts =
      new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run);

  @AfterEach
  void stop() {
    trusted.close();
  }

  @Test
  void theIssuersNameForAUserIsEnoughWhereIdsComeFromAnotherClaim() {
    OidcSettings settings = trusted.settings("groups", "oid", "name");
    LogoutTokenVerifier told =
        new LogoutTokenVerifier(settings, trusted.keys(), logouts, InstantSource.system());
    ConnectTokens connect = ConnectTokens.of(Settings.read(name -> Optional.empty()));
    TokenVerifier all =
        new TokenVerifiers(
            TokenVerifiers.NONE,
            new IssuerTokenVerifier(settings, trusted.keys()),
            connect,
            logouts);
    Map<String, Object> claims = issuer.claims("issuers-7");
    claims.put("oid", "7");
    String named = issuer.sign(claims, "RS256");
    claims.put("sid", "phone");
    User phone = all.verify(issuer.sign(claims, "RS256")).orElseThrow();
    claims.remove("sid");
    String unnamed = issuer.sign(claims, "RS256");
    claims.put("sub", "7");
    claims.put("oid", "8");
    String other = issuer.sign(claims, "RS256");
    User desk = all.verify(named).orElseThrow();
    assertThat(desk.id()).isEqualTo("7");
    assertThat(desk.subject()).contains("issuers-7");
    String connecting = connect.mint(all.verify(unnamed).orElseThrow());

    Map<String, Object> session = issuer.logoutClaims();
    session.put("sid", "session-of-issuers-7");
    session.put("sub", "issuers-7");
    Verdict.Right one = (Verdict.Right) told.judge(issuer.sign(session, "RS256"));
    assertThat(one.logout().ends(desk)).isTrue();
    assertThat(one.logout().ends(phone)).isFalse();
    assertThat(one.logout().ends(all.verify(unnamed).orElseThrow())).isTrue();

    Map<String, Object> user = issuer.logoutClaims();
    user.put("sub", "issuers-7");
    String whole = issuer.sign(user, "RS256");
    logouts.tell(((Verdict.Right) told.judge(whole)).logout());
    assertThat(all.verify(named)).isEmpty();
    assertThat(all.verify(unnamed)).isEmpty();
    assertThat(all.verifyToConnect(connecting)).isEmpty();
    assertThat(all.verify(other)).isPresent();
  }
}
