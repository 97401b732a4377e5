package org.rollcall.identity;

import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * All tokens that this node believes, in their one spelling. The algorithm that a token names
 * decides who looks at it: those with a shared secret never meet the issuer's keys, nor the other
 * way round. What a log-out has ended is not believed any more.
 *
 * @param secret verifies those of the social network's back end
 * @param issuer verifies those of the OpenID Connect issuer
 * @param connect verifies those that Rollcall gives for a socket
 * @param logouts what has ended
 */
record AllTokens(Tokens secret, Tokens issuer, Tokens connect, Logouts logouts) implements Tokens {
  /** Believes nothing. */
  static final Tokens NONE = token -> Optional.empty();

  @Override
  public Optional<User> verify(String token) {
    if (!Spelling.isRight(token)) {
      return Optional.empty();
    }
    JsonWebSignature signature = new JsonWebSignature();
    try {
      signature.setCompactSerialization(token);
    } catch (JoseException e) {
      return Optional.empty();
    }
    @Nullable String algorithm = signature.getAlgorithmHeaderValue();
    if (algorithm == null) {
      return Optional.empty();
    }
    return valid((algorithm.startsWith("HS") ? secret : issuer).verify(token));
  }

  @Override
  public Optional<User> verifyToConnect(String token) {
    return Spelling.isRight(token)
        ? valid(connect.verify(token)).or(() -> verify(token))
        : Optional.empty();
  }

  private Optional<User> valid(Optional<User> user) {
    return user.filter(known -> !logouts.hasEnded(known));
  }
}
