package org.rollcall.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rule for user ids: what may be the key of a presence and stand in a topic. */
public final class UserId {
  /** The rule for ids, in words. */
  public static final String EXPECTED =
      "1 to 128 characters without comma, quote, backslash, control or format characters;"
          + " joiners inside words and emoji only";

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
   * Returns whether a text may be a user id: a {@linkplain TextRules#isName name} of 1 to 128
   * characters that no JavaScript object has.
   */
  public static boolean isValid(String text) {
    return fault(text).isEmpty();
  }

  /**
   * Returns why a text cannot be a user id, without the text itself.
   *
   * @return such as {@code "the character \"}, or empty if nothing does
   */
  public static Optional<String> fault(String text) {
    if (text.isEmpty()) {
      return Optional.of("nothing");
    }
    if (text.length() > LONGEST) {
      return Optional.of(text.length() + " characters");
    }
    if (JAVASCRIPT.contains(text)) {
      return Optional.of("a name that every JavaScript object has");
    }
    return TextRules.fault(text).stream().mapToObj(UserId::describe).findFirst();
  }

  private static String describe(int c) {
    boolean printable = c == ',' || c == '"' || c == '\\';
    return "the character "
        + (printable ? Character.toString(c) : String.format(Locale.ROOT, "U+%04X", c));
  }
}
