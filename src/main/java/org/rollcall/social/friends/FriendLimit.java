package org.rollcall.social.friends;

import org.rollcall.FriendsUnavailable;

/**
 * How many friends a user may have.
 *
 * @param most the setting {@code rollcall.friends.limit}
 */
public record FriendLimit(int most) {
  /** Returns what is thrown for a user who has more. */
  public FriendsUnavailable exceeded() {
    return new FriendsUnavailable(
        "expected at most " + most + " friends of one user (rollcall.friends.limit)", null);
  }
}
