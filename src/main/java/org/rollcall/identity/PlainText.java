package org.rollcall.identity;

/**
 * The rules for texts that come from outside and go to every node, which has to hold the same as
 * the node that took them.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * Tells whether a text may name something: no comma and no quote (JavaPhoenixClient cuts frames
   * at commas), no backslash, nothing that controls or formats, no line or paragraph separator, and
   * all of it {@linkplain #isWhole whole}.
   */
  public static boolean isName(String text) {
    return text.codePoints().allMatch(PlainText::isPlain);
  }

  /**
   * Tells whether a text is the same after it was sent: it has no lone surrogate, of which UTF-8
   * makes a question mark.
   */
  public static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** Tells whether a code point may be part of a name. */
  static boolean isPlain(int c) {
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
