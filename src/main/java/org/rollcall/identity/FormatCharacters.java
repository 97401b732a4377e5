package org.rollcall.identity;

/**
 * Where a name may have characters that format and are not seen (Unicode's category Cf).
 *
 * <ul>
 *   <li>U+200C and U+200D, the zero-width joiners: between two characters of a word or an emoji, as
 *       Persian, Malayalam and the emoji of families have them. Not beside a space, punctuation or
 *       another format character, nor at either end: there they would show as nothing.
 *   <li>U+E0030 to U+E007F, the tags: as the region of a black flag and its end, such as {@code
 *       gbeng} for England (Unicode Technical Standard 51, emoji tag sequences).
 * </ul>
 *
 * <p>All others are refused everywhere: those that turn the direction of a text, for one, make one
 * name look like another.
 */
final class FormatCharacters {
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int TAG = 0xE0000;
  private static final int END_TAG = 0xE007F;
  private static final int SHORTEST_REGION = 3;
  private static final int LONGEST_REGION = 6;

  private FormatCharacters() {}

  /**
   * Returns where the format characters end that begin at a place, or that place if they may not be
   * there.
   */
  static int end(String text, int at) {
    int c = text.codePointAt(at);
    if (c == NON_JOINER || c == JOINER) {
      int next = at + 1;
      return at > 0
              && next < text.length()
              && joins(text.codePointBefore(at))
              && joins(text.codePointAt(next))
          ? next
          : at;
    }
    return at > 0 && text.codePointBefore(at) == BLACK_FLAG ? endOfRegion(text, at) : at;
  }

  /** Returns whether a code point can be part of a word or an emoji. */
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.CONTROL,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          false;
      default -> true;
    };
  }

  private static boolean isInRegion(int ascii) {
    return (ascii >= 'a' && ascii <= 'z') || (ascii >= '0' && ascii <= '9');
  }

  private static int endOfRegion(String text, int at) {
    int end = at;
    int tags = 0;
    while (end < text.length() && tags <= LONGEST_REGION) {
      int c = text.codePointAt(end);
      end += Character.charCount(c);
      if (c == END_TAG) {
        return tags >= SHORTEST_REGION ? end : at;
      }
      if (!isInRegion(c - TAG)) {
        return at;
      }
      tags++;
    }
    return at;
  }
}
