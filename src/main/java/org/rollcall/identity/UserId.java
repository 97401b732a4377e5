package org.rollcall.identity;

import java.util.Set;

/** The rule for user ids: what may be the key of a presence and stand in a topic. */
public final class UserId {
  private static final int LONGEST = 128;

  /**
   * Members of every JavaScript object; as keys they crash clients before 1.8.9 (CVE-2026-56812).
   */
  private static final Set<String> JAVASCRIPT =
      Set.of(
          "__proto__",
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__",
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "prototype",
          "toLocaleString",
          "toString",
          "valueOf");

  private UserId() {}

  /**
   * Tells whether a text may be a user id: 1 to 128 characters, no control character, no lone
   * surrogate, neither comma nor quote (JavaPhoenixClient cuts frames at commas), and no name that
   * every JavaScript object has.
   */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && !JAVASCRIPT.contains(text)
        && text.codePoints().allMatch(UserId::isValid);
  }

  private static boolean isValid(int c) {
    int type = Character.getType(c);
    return c != ','
        && c != '"'
        && c != '\\'
        && type != Character.CONTROL
        && type != Character.SURROGATE
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
