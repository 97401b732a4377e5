package org.rollcall.identity.token;

import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;

/**
 * All tokens that this node accepts, in their one spelling. The algorithm that a token names
 * decides who looks at it: those with a shared secret never meet the issuer's keys, nor the other
 * way round. Tokens that a log-out has ended are refused.
 *
 * @param secret verifies those of the social network's back end
 * @param issuer verifies those of the OpenID Connect issuer
 * @param connect verifies those that Rollcall gives for a socket
 * @param logouts what has ended
 */
public record TokenVerifiers(
    TokenVerifier secret, TokenVerifier issuer, TokenVerifier connect, Logouts logouts)
    implements TokenVerifier {
  /** Believes nothing. */
  public static final TokenVerifier NONE = token -> Optional.empty();

  @Override
  public Optional<User> verify(String token) {
    Optional<JsonWebSignature> signature =
        CanonicalJwt.isRight(token) ? signature(token) : Optional.empty();
    if (signature.isEmpty()) {
      TokenFault.NO_JWT.log();
      return Optional.empty();
    }
    String algorithm = signature.get().getAlgorithmHeaderValue();
    TokenVerifier verifier = algorithm.startsWith("HS") ? secret : issuer;
    if (verifier == NONE) {
      without(algorithm, signature.get()).log();
    }
    return valid(verifier.verify(token));
  }

  private static Optional<JsonWebSignature> signature(String token) {
    JsonWebSignature signature = new JsonWebSignature();
    try {
      signature.setCompactSerialization(token);
    } catch (JoseException e) {
      return Optional.empty();
    }
    return signature.getAlgorithmHeaderValue() == null ? Optional.empty() : Optional.of(signature);
  }

  /** Returns what to say of a token where nothing verifies any of its kind. */
  private static TokenFault without(String algorithm, JsonWebSignature signature) {
    if (algorithm.equals(AlgorithmIdentifiers.NONE)) {
      return TokenFault.ALGORITHM;
    } else if (!algorithm.startsWith("HS")) {
      return TokenFault.NO_ISSUER;
    }
    try {
      return TokenFault.isToConnect(JwtClaims.parse(signature.getUnverifiedPayload()))
          ? TokenFault.CONNECT
          : TokenFault.NO_SECRET;
    } catch (InvalidJwtException e) {
      return TokenFault.NO_SECRET;
    }
  }

  @Override
  public Optional<User> verifyToConnect(String token) {
    Optional<User> user = CanonicalJwt.isRight(token) ? connect.verify(token) : Optional.empty();
    return user.isPresent() ? valid(user) : verify(token);
  }

  private Optional<User> valid(Optional<User> user) {
    if (user.filter(logouts::hasEnded).isPresent()) {
      TokenFault.ENDED.log();
      return Optional.empty();
    }
    return user;
  }
}
