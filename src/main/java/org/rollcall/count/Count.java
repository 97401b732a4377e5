package org.rollcall.count;

/**
 * How many connections of each kind a topic has.
 *
 * @param viewers connections without a user
 * @param users connections with a user; one user's three tabs are three
 */
public record Count(int viewers, int users) {
  /** Nobody. */
  public static final Count ZERO = new Count(0, 0);

  /** The two kinds of connections. */
  public enum Kind {
    /** A connection without a user. */
    VIEWER,
    /** A connection with a user. */
    USER,
    /** A connection that watches without being counted. */
    NONE
  }

  /** Returns what one connection of a kind adds. */
  static Count one(Kind kind) {
    return new Count(kind == Kind.VIEWER ? 1 : 0, kind == Kind.USER ? 1 : 0);
  }

  /** Returns viewers and users together. */
  public int total() {
    return viewers + users;
  }

  /** Returns the sum. */
  public Count plus(Count other) {
    return new Count(viewers + other.viewers, users + other.users);
  }

  /** Returns the difference. */
  public Count minus(Count other) {
    return new Count(viewers - other.viewers, users - other.users);
  }

  /** Returns whether nobody is there. */
  public boolean isZero() {
    return viewers == 0 && users == 0;
  }

  /** Returns the lesser of each kind. */
  Count least(Count other) {
    return new Count(Math.min(viewers, other.viewers), Math.min(users, other.users));
  }

  /** Returns whether this has at least as many of each kind as another. */
  boolean covers(Count other) {
    return viewers >= other.viewers && users >= other.users;
  }

  /** Returns this without numbers below zero. */
  Count orZero() {
    return viewers >= 0 && users >= 0 ? this : new Count(Math.max(0, viewers), Math.max(0, users));
  }
}
