package org.rollcall.identity;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tokens that are believed but for those of some users.
 *
 * @param all verifies them
 * @param refused tells whose are not believed now
 */
record FewerTokens(Tokens all, Predicate<User> refused) implements Tokens {
  @Override
  public Optional<User> verify(String token) {
    return all.verify(token).filter(refused.negate());
  }

  @Override
  public Optional<User> verifyToConnect(String token) {
    return all.verifyToConnect(token).filter(refused.negate());
  }
}
