package org.rollcall.identity.token;

import java.util.Optional;
import java.util.function.Predicate;
import org.rollcall.identity.User;

/**
 * Verifies tokens like another verifier, but refuses the tokens of some users.
 *
 * @param all verifies them
 * @param refused returns whether a user's tokens are refused now
 */
public record FilteredVerifier(TokenVerifier all, Predicate<User> refused)
    implements TokenVerifier {
  @Override
  public Optional<User> verify(String token) {
    return all.verify(token).filter(this::isWelcome);
  }

  @Override
  public Optional<User> verifyToConnect(String token) {
    return all.verifyToConnect(token).filter(this::isWelcome);
  }

  private boolean isWelcome(User user) {
    boolean welcome = !refused.test(user);
    if (!welcome) {
      TokenFault.BLOCKED.log();
    }
    return welcome;
  }
}
