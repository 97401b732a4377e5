package org.rollcall.identity.logout;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.rollcall.identity.User;

/**
 * The end of one log-in, or of all log-ins of a user.
 *
 * <p>It names a user by the id, by the issuer's name, or by both, and ends a user who has either.
 *
 * <p>One that names a session ends what began before of that session and, if it names the user too,
 * what the user has of log-ins without a name that began before: any of them may be this one. One
 * that names no session ends all of the user's log-ins that began before. A session that begins
 * later may have the same name (Keycloak 25): it is another. When a log-in began is unknown, it
 * began before.
 *
 * @param session the issuer's name for the log-in; empty for all of the user's
 * @param user the user's id, if it is known
 * @param subject the issuer's name for the user (claim {@code sub}), if it is known
 * @param at when it ended, rounded up to milliseconds, as nodes tell it to each other
 * @param id its own name, by which it is known again
 */
public record Logout(
    Optional<String> session,
    Optional<String> user,
    Optional<String> subject,
    Instant at,
    String id) {
  private static final long NANOS_LESS_ONE = 999_999;

  /** Rounds the moment up. */
  public Logout {
    at = Instant.ofEpochMilli(at.plusNanos(NANOS_LESS_ONE).toEpochMilli());
  }

  /**
   * Returns the end of the log-in that a user is here by; of all if it has no name.
   *
   * @param now the moment; by the issuer's clock, the log-in may have begun a little later
   */
  public static Logout of(User user, Instant now) {
    Instant began = user.login().orElse(now);
    return new Logout(
        user.session(),
        Optional.of(user.id()),
        user.subject(),
        began.isAfter(now) ? began : now,
        UUID.randomUUID().toString());
  }

  /** Returns whether what a user is here by has ended. */
  public boolean ends(User other) {
    if (other.login().isEmpty()) {
      return false;
    }
    if (session.isPresent() && other.session().isPresent()) {
      return session.equals(other.session()) && !other.grant().sessionBegan().isAfter(at);
    }
    return isOf(other) && !other.login().get().isAfter(at);
  }

  private boolean isOf(User other) {
    return user.filter(other.id()::equals).isPresent()
        || (subject.isPresent() && subject.equals(other.subject()));
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return session.isPresent() ? "Logout of a session" : "Logout of a user";
  }
}
