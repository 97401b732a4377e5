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
   * Tells whether a text may be a user id: a {@linkplain PlainText#isName name} of 1 to 128
   * characters that no JavaScript object has.
   */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && !JAVASCRIPT.contains(text)
        && PlainText.isName(text);
  }
}
