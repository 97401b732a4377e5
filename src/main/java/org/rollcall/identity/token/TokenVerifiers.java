package org.rollcall.identity.token;

import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;

/**
 * Verifies all tokens that this node accepts, each in its canonical spelling. The header of a token
 * decides which verifier is asked: a token with a shared secret never meets the issuer's keys, nor
 * the other way round. A connect token names its type; one of an older version names none, and is
 * verified after the back end's secret has refused it. Tokens that a log-out has ended are refused.
 *
 * @param secret verifies those of the social network's back end
 * @param issuer verifies those of the OpenID Connect issuer
 * @param connect verifies those that Rollcall gives for a socket
 * @param logouts what has ended
 */
public record TokenVerifiers(
    TokenVerifier secret, TokenVerifier issuer, ConnectTokens connect, Logouts logouts)
    implements TokenVerifier {
  /** Refuses every token. */
  public static final TokenVerifier NONE = token -> Optional.empty();

  @Override
  public Optional<User> verify(String token) {
    return header(token).flatMap(header -> valid(verify(token, header)));
  }

  @Override
  public Optional<User> verifyToConnect(String token) {
    return header(token).flatMap(header -> valid(verifyToConnect(token, header)));
  }

  private Optional<User> verifyToConnect(String token, TokenHeader header) {
    if (!connect.isNamedBy(header)) {
      // A node of an older version names no type.
      return verify(token, header)
          .or(() -> header.isOfSecret() ? connect.verify(token) : Optional.empty());
    }
    Optional<User> user = connect.verify(token);
    if (user.isEmpty()) {
      TokenFault.CONNECT.log();
    }
    return user;
  }

  private Optional<User> verify(String token, TokenHeader header) {
    TokenVerifier verifier = header.isOfSecret() ? secret : issuer;
    if (verifier == NONE) {
      without(header).log();
    }
    return verifier.verify(token);
  }

  private static Optional<TokenHeader> header(String token) {
    Optional<TokenHeader> header =
        CanonicalJwt.isRight(token) ? TokenHeader.of(token) : Optional.empty();
    if (header.isEmpty()) {
      TokenFault.NO_JWT.log();
    }
    return header;
  }

  /** Returns what to say of a token where nothing verifies any of its kind. */
  private TokenFault without(TokenHeader header) {
    if (header.algorithm().equals(AlgorithmIdentifiers.NONE)) {
      return TokenFault.ALGORITHM;
    } else if (!header.isOfSecret()) {
      return TokenFault.NO_ISSUER;
    }
    return connect.isNamedBy(header) ? TokenFault.CONNECT : TokenFault.NO_SECRET;
  }

  private Optional<User> valid(Optional<User> user) {
    if (user.filter(logouts::hasEnded).isPresent()) {
      TokenFault.ENDED.log();
      return Optional.empty();
    }
    return user;
  }
}
