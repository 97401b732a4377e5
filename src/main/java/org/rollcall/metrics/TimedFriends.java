package org.rollcall.metrics;

import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.social.friends.FriendProvider;

/**
 * A source of friends whose answers are timed.
 *
 * @param source does all
 * @param answers measures {@link #friends}
 */
public record TimedFriends(FriendProvider source, Stopwatch answers) implements FriendProvider {
  @Override
  public Set<String> friends(User user) throws FriendsUnavailable {
    long begin = answers.begin();
    boolean well = false;
    try {
      Set<String> friends = source.friends(user);
      well = true;
      return friends;
    } finally {
      answers.end(begin, well);
    }
  }

  @Override
  public boolean isImmediate() {
    return source.isImmediate();
  }

  @Override
  public boolean standsInTokens() {
    return source.standsInTokens();
  }
}
