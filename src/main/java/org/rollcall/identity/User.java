package org.rollcall.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Someone whose token was believed.
 *
 * @param id the user's id in the social network, see {@link UserId}
 * @param name what others call the user, if the token says so
 * @param groups the groups that the token names
 * @param friends whom the user may see, if the token says so
 * @param grant the log-in that the token is of
 */
public record User(
    String id,
    Optional<String> name,
    Set<String> groups,
    Optional<Set<String>> friends,
    Grant grant)
    implements Principal {
  /** The group of administrators. */
  public static final String ADMIN = "rollcall-admin";

  /**
   * A log-in, and how long it is believed.
   *
   * @param session the issuer's name for the log-in (claim {@code sid}), if it has one
   * @param issued when the token was made; the epoch if it does not say
   * @param until when the token ends
   */
  public record Grant(Optional<String> session, Instant issued, Instant until) {
    /** Returns one of a token that says nothing but its end. */
    public static Grant until(Instant until) {
      return new Grant(Optional.empty(), Instant.EPOCH, until);
    }
  }

  /** Returns the issuer's name for the user's log-in, if it has one. */
  public Optional<String> session() {
    return grant.session();
  }

  /** Returns when the token was made; the epoch if it does not say. */
  public Instant issued() {
    return grant.issued();
  }

  /** Returns when the token ends. */
  public Instant until() {
    return grant.until();
  }

  /** Tells whether this user may use the administrator's API. */
  public boolean isAdmin() {
    return groups.contains(ADMIN);
  }

  @Override
  public String getName() {
    return id;
  }

  /** Names nobody: users are logged by mistake sooner or later. */
  @Override
  public String toString() {
    return "User";
  }
}
