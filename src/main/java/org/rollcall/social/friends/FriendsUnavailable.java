package org.rollcall.social.friends;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a source cannot tell a user's friends; its message is for the log, not for clients.
 */
public final class FriendsUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence for the operator. */
  public FriendsUnavailable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  static FriendsUnavailable tooMany(int limit) {
    return new FriendsUnavailable(
        "expected at most " + limit + " friends of one user (rollcall.friends.limit)", null);
  }
}
