package org.rollcall.presence;

import java.util.Optional;

/**
 * A topic on which presence is tracked, by its name {@code prefix:subtopic}.
 *
 * @param name the name; what may be in it is the caller's rule
 */
public record Topic(String name) {
  private static final String USER_PRESENCE = "user_presence:";

  /** A control character, which neither names of topics nor ids may have. */
  private static final String VEIL = "\u0001";

  /** Returns the topic on which only this user is tracked. */
  public static Topic ofUser(String id) {
    return new Topic(USER_PRESENCE + id);
  }

  /**
   * Returns the veiled topic, on which a user who is visible to nobody is tracked. Only that user
   * subscribes to it, and no client can name it.
   */
  public Topic veiled(String key) {
    return new Topic(VEIL + key + VEIL + name);
  }

  /** Returns whether this topic is veiled: only the user who is tracked on it subscribes to it. */
  public boolean isVeiled() {
    return name.startsWith(VEIL);
  }

  /** Returns the topic of which this one is veiled, or this one if it is not. */
  public Topic unveiled() {
    return isVeiled() ? new Topic(name.substring(name.lastIndexOf(VEIL) + 1)) : this;
  }

  /** Returns the user who is tracked here and shown to friends, if this is such a topic. */
  public Optional<String> user() {
    return name.startsWith(USER_PRESENCE)
        ? Optional.of(name.substring(USER_PRESENCE.length()))
        : Optional.empty();
  }

  /** The same in every JVM, because it is a part of the keys of stores. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Names the kind of topic only: a log of a cache's keys would name the users who are online. */
  @Override
  public String toString() {
    String known = unveiled().name;
    return known.substring(0, known.indexOf(':') + 1) + "*";
  }
}
