package org.rollcall.identity;

import java.util.Optional;

/** Believes tokens, or does not. Safe for many threads; no call blocks. */
@FunctionalInterface
public interface Tokens {
  /**
   * Verifies a token.
   *
   * @param token a compact JWT (RFC 7519)
   * @return its user, or empty for every token that is wrong in any way
   */
  Optional<User> verify(String token);
}
