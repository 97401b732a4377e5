package org.rollcall;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a source cannot tell a user's friends; its message is for the log, not for clients,
 * and names no user.
 */
public final class FriendsUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence for the operator. */
  public FriendsUnavailable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
