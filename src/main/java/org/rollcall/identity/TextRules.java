package org.rollcall.identity;

import java.util.OptionalInt;

/**
 * The rules for texts that come from outside and go to every node: each node must keep exactly the
 * text that the first one accepted.
 */
public final class TextRules {
  private static final int LONGEST_LOGGED = 100;

  private TextRules() {}

  /**
   * Returns whether a text may be the name of a topic, whichever channel it has.
   *
   * @param longest the most characters that it may have
   */
  public static boolean isTopic(String text, int longest) {
    return text.length() <= longest && isName(text);
  }

  /**
   * Returns whether a text may name something: no comma and no quote (JavaPhoenixClient cuts frames
   * at commas), no backslash, no control character, no line or paragraph separator, all of it
   * {@linkplain #isWhole whole}, and no format character except in the places of {@link
   * FormatCharacters}.
   */
  public static boolean isName(String text) {
    return fault(text).isEmpty();
  }

  /** Returns the first code point that keeps a text from being a name. */
  static OptionalInt fault(String text) {
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (Character.getType(c) == Character.FORMAT) {
        next = FormatCharacters.end(text, at);
      }
      if (next == at || !isPlain(c)) {
        return OptionalInt.of(c);
      }
      at = next;
    }
    return OptionalInt.empty();
  }

  /**
   * Returns whether a text is the same after it was sent: it has no lone surrogate, of which UTF-8
   * makes a question mark.
   */
  public static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** Returns whether a code point may be part of a name; of format characters the place decides. */
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return c != ','
        && c != '"'
        && c != '\\'
        && type != Character.CONTROL
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /**
   * Returns a text that anyone may have written, fit for one line of a log: its first 100
   * characters, a question mark for each that is not printable ASCII.
   */
  public static String forLog(String text) {
    String cut = text.length() <= LONGEST_LOGGED ? text : text.substring(0, LONGEST_LOGGED) + "...";
    return cut.replaceAll("[^ -~]", "?");
  }
}
