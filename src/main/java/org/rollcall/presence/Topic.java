package org.rollcall.presence;

/**
 * What presence is tracked on, by its name {@code prefix:subtopic}.
 *
 * @param name the name; what may be in it is the caller's rule
 */
public record Topic(String name) {
  private static final String USER_PRESENCE = "user_presence:";

  /** Returns the topic on which a user, and nobody else, is tracked. */
  public static Topic ofUser(String id) {
    return new Topic(USER_PRESENCE + id);
  }

  @Override
  public String toString() {
    return name;
  }
}
