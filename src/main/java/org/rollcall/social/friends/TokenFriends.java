package org.rollcall.social.friends;

import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;

/** The claim {@code friends} of the user's own token; a token without it has no friends. */
final class TokenFriends implements FriendProvider {
  private final int limit;

  TokenFriends(int limit) {
    this.limit = limit;
  }

  @Override
  public Set<String> friends(User user) throws FriendsUnavailable {
    Set<String> friends = user.friends().orElse(Set.of());
    if (friends.equals(User.NAMED_AT_THE_JOIN)) {
      throw new FriendsUnavailable("expected a token with the friends in the join's payload", null);
    }
    if (friends.size() > limit) {
      throw new FriendLimit(limit).exceeded();
    }
    return friends;
  }

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public boolean standsInTokens() {
    return true;
  }
}
