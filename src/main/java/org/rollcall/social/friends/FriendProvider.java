package org.rollcall.social.friends;

import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;

/**
 * A provider of the users whom a user may see: from tokens, over HTTP, from a database, or from the
 * application's {@link org.rollcall.FriendSource}. Safe for many threads.
 */
@FunctionalInterface
public interface FriendProvider {
  /**
   * Returns the ids of the user's friends. May wait for a database or another server, so it is not
   * for container, selector or listener threads.
   *
   * @throws FriendsUnavailable if it cannot be found out now; never an empty answer instead
   */
  Set<String> friends(User user) throws FriendsUnavailable;

  /** Returns whether an answer comes without waiting. */
  default boolean isImmediate() {
    return false;
  }

  /**
   * Returns whether the answer stands in the token that a user came with, so that it stays the same
   * until the user comes with another one.
   */
  default boolean standsInTokens() {
    return false;
  }
}
