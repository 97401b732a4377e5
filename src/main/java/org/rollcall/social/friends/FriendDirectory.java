package org.rollcall.social.friends;

import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;

/** A source that can return every user's friends, also of users who are not connected. */
public interface FriendDirectory extends FriendProvider {
  /**
   * Returns the ids of a user's friends, of nobody for an unknown user.
   *
   * @throws FriendsUnavailable if it cannot be found out now
   */
  Set<String> friends(String userId) throws FriendsUnavailable;

  @Override
  default Set<String> friends(User user) throws FriendsUnavailable {
    return friends(user.id());
  }
}
