package org.rollcall.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Someone whose token was believed.
 *
 * @param id the user's id in the social network, see {@link UserId}
 * @param groups the groups that the token names
 * @param friends whom the user may see, if the token says so
 * @param until when the token ends
 */
public record User(String id, Set<String> groups, Optional<Set<String>> friends, Instant until)
    implements Principal {
  /** The group of administrators. */
  public static final String ADMIN = "rollcall-admin";

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
