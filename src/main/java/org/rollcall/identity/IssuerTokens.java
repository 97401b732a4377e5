package org.rollcall.identity;

import java.time.DateTimeException;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.rollcall.config.OidcSettings;

/**
 * Tokens of an OpenID Connect issuer: access tokens in the form of a JWT, and ID tokens.
 *
 * <p>Issuer, audience and {@code exp} are required, {@code nbf} is minded; clocks may differ by
 * five seconds. The algorithms are pinned to {@link IssuerKeys#ALGORITHMS}. A logout token is none.
 */
public final class IssuerTokens implements Tokens {
  private static final int LEEWAY_SECONDS = 5;

  private final JwtVerifier verifier;
  private final UserClaims claims;

  /** Creates a verifier that believes these keys. */
  public IssuerTokens(OidcSettings settings, IssuerKeys keys) {
    this.claims = UserClaims.of(settings);
    this.verifier =
        new JwtVerifier(() -> rules(settings, keys).setExpectedAudience(settings.audience()));
  }

  /** Returns what is expected of every token of the issuer. */
  static JwtConsumerBuilder rules(OidcSettings settings, IssuerKeys keys) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(keys::resolve)
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, IssuerKeys.ALGORITHMS.toArray(String[]::new)))
        .setExpectedIssuer(settings.issuer())
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(LEEWAY_SECONDS);
  }

  @Override
  public Optional<User> verify(String token) {
    try {
      JwtClaims read = verifier.verify(token);
      Optional<User> user = read.hasClaim("events") ? Optional.empty() : claims.user(read);
      if (user.isEmpty()) {
        TokenFault.NO_USER.log();
      }
      return user;
    } catch (InvalidJwtException e) {
      TokenFault.log(e);
      return Optional.empty();
    } catch (MalformedClaimException | DateTimeException e) {
      TokenFault.CLAIMS.log();
      return Optional.empty();
    }
  }
}
