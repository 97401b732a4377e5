package org.rollcall.config;

/**
 * Which topics a kind of channel takes: one name, or all that begin alike.
 *
 * @param prefix what the topic begins with, or is
 * @param open whether anything may follow, at least one character
 */
public record TopicPattern(String prefix, boolean open) {

  static TopicPattern parse(String setting, String text) {
    boolean open = text.endsWith("*");
    String prefix = open ? text.substring(0, text.length() - 1) : text;
    if (prefix.isEmpty() || prefix.contains("*") || !prefix.matches("[\\x21-\\x7e&&[^,\"\\\\]]+")) {
      throw new WrongSetting(
          setting, "topics such as room:* with printable characters and * at the end only", text);
    }
    for (String taken : new String[] {"user:", "user_presence:", "phoenix"}) {
      if (prefix.startsWith(taken) || (open && taken.startsWith(prefix))) {
        throw new WrongSetting(setting, "topics that do not touch Rollcall's own " + taken, text);
      }
    }
    return new TopicPattern(prefix, open);
  }

  /** Returns whether a topic is one of these. */
  public boolean matches(String topic) {
    return open
        ? topic.length() > prefix.length() && topic.startsWith(prefix)
        : topic.equals(prefix);
  }

  /** Returns whether some topic is one of these and of others. */
  boolean overlaps(TopicPattern other) {
    return matches(other.prefix + (other.open ? "x" : ""))
        || other.matches(prefix + (open ? "x" : ""));
  }

  @Override
  public String toString() {
    return open ? prefix + "*" : prefix;
  }
}
