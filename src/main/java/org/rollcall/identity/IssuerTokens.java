package org.rollcall.identity;

import java.time.DateTimeException;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
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

  private final JwtConsumer consumer;
  private final UserClaims claims;

  /** Creates a verifier that believes these keys. */
  public IssuerTokens(OidcSettings settings, IssuerKeys keys) {
    this.claims = UserClaims.of(settings);
    this.consumer = consumer(settings, keys).setExpectedAudience(settings.audience()).build();
  }

  /** Begins a verifier of whatever the issuer signs. */
  static JwtConsumerBuilder consumer(OidcSettings settings, IssuerKeys keys) {
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
      JwtClaims read = consumer.processToClaims(token);
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
