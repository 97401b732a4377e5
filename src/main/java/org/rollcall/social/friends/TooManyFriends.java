package org.rollcall.social.friends;

import org.rollcall.social.jdbc.RefusedChange;

/** Thrown for a list of friends that is longer than the limit; its message is for the caller. */
public final class TooManyFriends extends RefusedChange {
  private static final long serialVersionUID = 1L;

  TooManyFriends(int limit, int friends) {
    super("expected at most " + limit + " friends, but got " + friends);
  }
}
