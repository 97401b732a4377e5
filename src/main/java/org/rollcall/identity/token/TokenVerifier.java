package org.rollcall.identity.token;

import java.util.Optional;
import org.rollcall.identity.User;

/** Verifies a token and returns the user that it names. Safe for many threads; no call blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /**
   * Verifies a token.
   *
   * @param token a compact JWT (RFC 7519)
   * @return its user, or empty for every token that is wrong in any way
   */
  Optional<User> verify(String token);

  /**
   * Verifies a token that a socket connects with. A connect token is accepted here only.
   *
   * @param token a compact JWT
   * @return its user, or empty for every token that is wrong in any way
   */
  default Optional<User> verifyToConnect(String token) {
    return verify(token);
  }
}
