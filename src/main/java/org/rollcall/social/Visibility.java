package org.rollcall.social;

import java.util.HashSet;
import java.util.Set;
import org.rollcall.identity.User;
import org.rollcall.identity.UserId;

/**
 * Decides who is shown to whom. Every path to presence asks here: state, diffs and REST.
 *
 * <p>A user sees friends and itself. Fails closed. Safe for many threads; may wait as {@link
 * FriendSource} does.
 */
public final class Visibility {
  private final FriendSource friends;

  /** Creates the rule on top of a source of friends. */
  public Visibility(FriendSource friends) {
    this.friends = friends;
  }

  /**
   * Returns the ids of all whom a user may see, itself included.
   *
   * @throws FriendsUnavailable if it cannot be found out now
   */
  public Set<String> circle(User user) throws FriendsUnavailable {
    Set<String> circle = new HashSet<>();
    circle.add(user.id());
    for (String friend : friends.friends(user)) {
      // Nobody can be tracked under another id, so there is nothing to see.
      if (UserId.isValid(friend)) {
        circle.add(friend);
      }
    }
    return circle;
  }

  /** Tells whether {@link #circle} needs no waiting. */
  public boolean isImmediate() {
    return friends.isImmediate();
  }
}
