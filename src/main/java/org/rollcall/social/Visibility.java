package org.rollcall.social;

import java.util.HashSet;
import java.util.Set;
import org.rollcall.identity.User;
import org.rollcall.identity.UserId;

/**
 * Decides who is shown to whom. Every path to presence asks here: state, diffs and REST.
 *
 * <p>A user sees friends and itself, less those from whom a rule keeps them apart. Fails closed.
 * Safe for many threads; {@link #friends} may wait as {@link FriendSource} does, nothing else does.
 *
 * <p>Who is visible to nobody needs no decision here: such a user is not tracked where others look
 * ({@link org.rollcall.presence.Topic#veiled}).
 */
public final class Visibility {
  private final FriendSource friends;
  private final Rules rules;
  private final boolean reciprocity;

  /**
   * Creates the decision on top of a source of friends and of rules.
   *
   * @param reciprocity whether who is visible to nobody sees nobody
   */
  public Visibility(FriendSource friends, Rules rules, boolean reciprocity) {
    this.friends = friends;
    this.rules = rules;
    this.reciprocity = reciprocity;
  }

  /**
   * Returns the ids of those whom a user may see by friendship, itself included. Whom of them the
   * rules show is said by {@link #sight}.
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

  /** Returns whom the rules show to a user now. */
  public Sight sight(String user) {
    return new Sight(user, reciprocity && rules.isHidden(user), rules.apartFrom(user));
  }

  /** Returns the rules. */
  public Rules rules() {
    return rules;
  }

  /** Tells whether only a new token changes {@link #circle}. */
  public boolean standsInTokens() {
    return friends.standsInTokens();
  }

  /** Tells whether {@link #circle} needs no waiting. */
  public boolean isImmediate() {
    return friends.isImmediate();
  }
}
