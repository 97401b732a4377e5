package org.rollcall.api;

/**
 * Reads a header's value from left to right, in the words of RFC 9110, section 5.6.
 *
 * <p>Each method takes what it names from the front of the rest, if it is there. Of one thread.
 */
final class HeaderReader {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;

  HeaderReader(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** Returns whether the element of a list that is read ends here. */
  boolean isAtElementEnd() {
    return isAtEnd() || isNext(',');
  }

  /** Takes spaces and tabs. */
  void skipSpace() {
    while (isNext(' ') || isNext('\t')) {
      at++;
    }
  }

  /** Takes a character if it comes next. Returns whether it did. */
  boolean take(char expected) {
    boolean there = isNext(expected);
    if (there) {
      at++;
    }
    return there;
  }

  private boolean isNext(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  /** Takes a token; the empty text if there is none. */
  String token() {
    int begin = at;
    while (at < text.length() && isOfToken(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private static boolean isOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_SYMBOLS.indexOf(c) >= 0;
  }

  /** Takes a quoted string with its escapes. Returns whether a whole one came next. */
  boolean takeQuoted() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '\\') {
        at++;
      }
    }
    return false;
  }

  /**
   * Takes a text in quotes, without escapes, as in an entity tag.
   *
   * @return whether such a text came next; {@link #taken} is then the text in the quotes
   */
  boolean takeOpaque() {
    int begin = at + 1;
    if (!take('"')) {
      return false;
    }
    while (at < text.length() && isOfTag(text.charAt(at))) {
      at++;
    }
    taken = text.substring(begin, at);
    return take('"');
  }

  private static boolean isOfTag(char c) {
    return c == '!' || (c >= '#' && c <= '~') || c >= 0x80;
  }

  private String taken = "";

  /** Returns what {@link #takeOpaque} has taken. */
  String taken() {
    return taken;
  }
}
