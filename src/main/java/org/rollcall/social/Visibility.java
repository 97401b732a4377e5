package org.rollcall.social;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.identity.UserId;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.rules.VisibilityRules;

/**
 * Decides which users a viewer may see. Every path to presence calls this class: states, diffs and
 * the HTTP API.
 *
 * <p>A user sees itself and its friends, except friends from whom a rule keeps it apart. Fails
 * closed. Safe for many threads; only {@link #visibleUsers} may wait, as {@link FriendProvider}
 * does.
 *
 * <p>A user who is visible to nobody is tracked on a topic that others do not read ({@link
 * org.rollcall.presence.Topic#veiled}). If entries of such a user are elsewhere, {@link #conceals}
 * hides them.
 */
public final class Visibility {
  private final FriendProvider friends;
  private final VisibilityRules rules;
  private final boolean reciprocity;
  private final AtomicLong changes = new AtomicLong();

  /**
   * Creates the decision on top of a source of friends and of rules.
   *
   * @param reciprocity whether a user who is visible to nobody sees nobody
   */
  public Visibility(FriendProvider friends, VisibilityRules rules, boolean reciprocity) {
    this.friends = friends;
    this.rules = rules;
    this.reciprocity = reciprocity;
  }

  /**
   * Returns the ids of the users whom a user may see by friendship, itself included. The rules may
   * hide some of them: see {@link #viewerFilter}.
   *
   * @throws FriendsUnavailable if it cannot be found out now
   */
  public Set<String> visibleUsers(User user) throws FriendsUnavailable {
    Set<String> visible = new HashSet<>();
    visible.add(user.id());
    for (String friend : friends.friends(user)) {
      // Nobody can be tracked under another id, so there is nothing to see.
      if (UserId.isValid(friend)) {
        visible.add(friend);
      }
    }
    return visible;
  }

  /**
   * Returns a key that is equal for calls of {@link #visibleUsers} that may share one answer: calls
   * for one user, with one token if friends stand in tokens, and without a reported change of
   * friends in between.
   */
  public Object visibleUsersKey(User user) {
    Object who = friends.standsInTokens() ? user.friends() : "";
    return List.of(user.id(), who, changes.get());
  }

  /**
   * Notes that a user's friends may have changed: later calls share no answer with earlier ones.
   */
  public void friendsChanged() {
    changes.incrementAndGet();
  }

  /** Returns how often {@link #friendsChanged} was called. */
  public long changes() {
    return changes.get();
  }

  /** Returns the filter of the users whom the rules show to a user now. */
  public ViewerFilter viewerFilter(String user) {
    return new ViewerFilter(user, reciprocity && rules.isHidden(user), rules.apartFrom(user));
  }

  /**
   * Returns whether the rules hide a user's entries on a topic, even while their owner keeps them.
   *
   * @param veiled whether nobody but the user looks at the topic
   */
  public boolean conceals(String user, boolean veiled) {
    return rules.isBlocked(user) || (rules.isHidden(user) && !veiled);
  }

  /** Returns the rules. */
  public VisibilityRules rules() {
    return rules;
  }

  /** Returns whether only a new token changes {@link #visibleUsers}. */
  public boolean standsInTokens() {
    return friends.standsInTokens();
  }

  /** Returns whether {@link #visibleUsers} answers without waiting. */
  public boolean isImmediate() {
    return friends.isImmediate();
  }
}
