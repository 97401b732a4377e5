package org.rollcall.social.rules;

/**
 * A rule that hides users from others, friends included.
 *
 * @param kind what it does
 * @param user whom it is about
 * @param other for {@link Kind#APART} the other one, greater than {@code user}; else empty
 */
public record VisibilityRule(Kind kind, String user, String other) {
  /** The effects of rules. */
  public enum Kind {
    /** The user is visible to nobody, at the user's own request. */
    HIDDEN,
    /** The user may not connect at all, by decision of an administrator. */
    BLOCKED,
    /** Neither of two users is shown to the other. */
    APART
  }

  /** Returns the rule that a user is visible to nobody. */
  public static VisibilityRule hidden(String user) {
    return new VisibilityRule(Kind.HIDDEN, user, "");
  }

  /** Returns the rule that a user may not be here. */
  public static VisibilityRule blocked(String user) {
    return new VisibilityRule(Kind.BLOCKED, user, "");
  }

  /** Returns the rule that two users are not shown to each other; the same for both orders. */
  public static VisibilityRule apart(String one, String other) {
    boolean first = one.compareTo(other) < 0;
    return new VisibilityRule(Kind.APART, first ? one : other, first ? other : one);
  }

  /** The same in every JVM, as a store of several nodes needs it: an enum's own hash is not. */
  @Override
  public int hashCode() {
    return 31 * (31 * kind.name().hashCode() + user.hashCode()) + other.hashCode();
  }

  /** Names nobody: rules are logged by mistake sooner or later. */
  @Override
  public String toString() {
    return "Rule[" + kind + "]";
  }
}
