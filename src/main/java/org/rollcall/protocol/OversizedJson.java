package org.rollcall.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts down JSON that the parser cannot represent to JSON that it can. So a frame with such a value
 * in its payload is still a frame, and its sender gets an error that names the fault of the
 * payload.
 *
 * <p>A number that is too long, or whose exponent is, becomes one that no double holds, and arrays
 * and objects past a hundred levels become empty: both remain more than any payload may have. What
 * is not JSON remains so, except inside the arrays and objects that become empty, of which only
 * texts and brackets are looked at.
 */
final class OversizedJson {
  private static final int MOST_LEVELS = 100;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_EXPONENT = 5;
  private static final String NO_DOUBLE = "1e400";
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?(?<exponent>\\d++))?");

  private final String text;
  private final StringBuilder small = new StringBuilder();
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;

  private OversizedJson(String text) {
    this.text = text;
  }

  /**
   * Returns the text with smaller values in it.
   *
   * @throws MalformedFrame if its brackets do not fit each other
   */
  static String shrink(String text) throws MalformedFrame {
    return new OversizedJson(text).shrink();
  }

  private String shrink() throws MalformedFrame {
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case '"' -> keep(endOfText());
        case '[' -> open(']');
        case '{' -> open('}');
        case ']', '}' -> close();
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
        default -> keep(at + 1);
      }
    }
    return small.toString();
  }

  private void keep(int end) {
    if (open.size() <= MOST_LEVELS) {
      small.append(text, at, end);
    }
    at = end;
  }

  private int endOfText() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private void open(char end) {
    keep(at + 1);
    open.push(end);
  }

  private void close() throws MalformedFrame {
    if (open.isEmpty() || open.pop() != text.charAt(at)) {
      throw new MalformedFrame("expected JSON, but got brackets that do not fit each other");
    }
    keep(at + 1);
  }

  private void number() {
    int end = at + 1;
    while (end < text.length() && "0123456789+-.eE".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    String number = text.substring(at, end);
    if (isTooLarge(number) && open.size() <= MOST_LEVELS) {
      small.append(NO_DOUBLE);
      at = end;
    } else {
      keep(end);
    }
  }

  private static boolean isTooLarge(String number) {
    Matcher parts = NUMBER.matcher(number);
    if (!parts.matches()) {
      return false;
    }
    @Nullable String exponent = parts.group("exponent");
    return number.length() > LONGEST_NUMBER
        || (exponent != null && exponent.length() > LONGEST_EXPONENT);
  }
}
