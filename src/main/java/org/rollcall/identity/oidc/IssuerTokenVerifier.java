package org.rollcall.identity.oidc;

import java.util.Optional;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.rollcall.config.OidcSettings;
import org.rollcall.identity.User;
import org.rollcall.identity.UserClaims;
import org.rollcall.identity.token.JwtVerifier;
import org.rollcall.identity.token.TokenVerifier;

/**
 * Verifies the tokens of an OpenID Connect issuer: access tokens that are JWTs, and ID tokens.
 *
 * <p>Issuer, audience and {@code exp} are required, {@code nbf} is checked; clocks may differ by
 * five seconds. The algorithms are pinned to {@link IssuerKeys#ALGORITHMS}. A logout token is
 * refused.
 */
public final class IssuerTokenVerifier implements TokenVerifier {
  private final JwtVerifier verifier;
  private final UserClaims claims;

  /** Creates a verifier by these keys. */
  public IssuerTokenVerifier(OidcSettings settings, IssuerKeys keys) {
    this.claims = UserClaims.of(settings);
    this.verifier =
        new JwtVerifier(() -> rules(settings, keys).setExpectedAudience(settings.audience()));
  }

  /** Returns the rules for every token of the issuer. */
  static JwtConsumerBuilder rules(OidcSettings settings, IssuerKeys keys) {
    return JwtVerifier.rules(IssuerKeys.ALGORITHMS.toArray(String[]::new))
        .setVerificationKeyResolver(keys::resolve)
        .setExpectedIssuer(settings.issuer());
  }

  @Override
  public Optional<User> verify(String token) {
    return verifier.user(
        token, read -> read.hasClaim("events") ? Optional.empty() : claims.user(read));
  }
}
