package org.rollcall.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads JSON where it lies, value by value, without making objects of what nobody asks for: one
 * core has to read more messages than a server's core can send.
 *
 * <p>Expects correct JSON, as a server sends it.
 */
final class JsonReader {
  private final byte[] bytes;
  private int at;

  JsonReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  JsonReader(String text) {
    this(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  private byte peek() {
    while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
      at++;
    }
    return bytes[at];
  }

  /** Takes a sign that has to come next. */
  JsonReader take(char sign) {
    if (!takeIf(sign)) {
      throw new BenchFailure("Expected " + sign + " in JSON, but got " + (char) peek());
    }
    return this;
  }

  private boolean takeIf(char sign) {
    boolean is = peek() == sign;
    if (is) {
      at++;
    }
    return is;
  }

  /** Takes a string, or null, for which it returns the empty string. Escapes stay as they are. */
  String text() {
    if (peek() != '"') {
      skip();
      return "";
    }
    int begin = at + 1;
    skip();
    return new String(bytes, begin, at - 1 - begin, StandardCharsets.UTF_8);
  }

  /** Takes a whole number. */
  int number() {
    peek();
    int begin = at;
    skip();
    return Integer.parseInt(new String(bytes, begin, at - begin, StandardCharsets.US_ASCII));
  }

  /** Takes an object; {@code member} is called with each name, and has to take the value. */
  void members(Consumer<String> member) {
    take('{');
    if (takeIf('}')) {
      return;
    }
    do {
      String name = text();
      take(':');
      member.accept(name);
    } while (takeIf(','));
    take('}');
  }

  /** Takes an array; {@code element} has to take each value. */
  void elements(Runnable element) {
    take('[');
    if (takeIf(']')) {
      return;
    }
    do {
      element.run();
    } while (takeIf(','));
    take(']');
  }

  /** Takes any value. */
  void skip() {
    int depth = 0;
    peek();
    do {
      switch (bytes[at]) {
        case '"' -> skipString();
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0 || isInsideScalar());
  }

  /** Whether the sign before was one of a number or a word that goes on. */
  private boolean isInsideScalar() {
    byte before = bytes[at - 1];
    return before != '"'
        && before != '}'
        && before != ']'
        && at < bytes.length
        && ",]} \n\r\t".indexOf(bytes[at]) < 0;
  }

  /** Moves to the quote that ends the string. */
  private void skipString() {
    at++;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
  }

  /** Takes any value, and returns a reader of a copy of it. */
  JsonReader copy() {
    peek();
    int begin = at;
    skip();
    return new JsonReader(Arrays.copyOfRange(bytes, begin, at), 0);
  }
}
