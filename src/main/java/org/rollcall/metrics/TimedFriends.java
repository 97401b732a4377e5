package org.rollcall.metrics;

import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.social.friends.FriendProvider;

/**
 * A provider of friends whose answers are timed.
 *
 * @param provider does all
 * @param answers measures {@link #friends}
 */
public record TimedFriends(FriendProvider provider, Stopwatch answers) implements FriendProvider {
  @Override
  public Set<String> friends(User user) throws FriendsUnavailable {
    long begin = answers.begin();
    boolean well = false;
    try {
      Set<String> friends = provider.friends(user);
      well = true;
      return friends;
    } finally {
      answers.end(begin, well);
    }
  }

  @Override
  public boolean isImmediate() {
    return provider.isImmediate();
  }

  @Override
  public boolean standsInTokens() {
    return provider.standsInTokens();
  }
}
