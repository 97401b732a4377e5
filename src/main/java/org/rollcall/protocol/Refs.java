package org.rollcall.protocol;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the refs of a frame, which a client gets back exactly as it wrote them. */
final class Refs {
  private static final int LONGEST = 128;

  private Refs() {}

  static String of(@Nullable JsonValue value, String name) throws MalformedFrame {
    if (value == null || value == JsonValue.NULL) {
      return Frame.NO_REF;
    }
    if (value instanceof JsonString || value instanceof JsonNumber) {
      String text = value instanceof JsonString s ? Json.quote(s.getString()) : value.toString();
      if (text.length() <= LONGEST) {
        return text;
      }
      throw new MalformedFrame(
          "expected " + name + " of at most " + LONGEST + " characters, but got " + text.length());
    }
    throw new MalformedFrame("expected " + name + " to be a string, a number or null");
  }

  static String ofText(String text) {
    return text.isEmpty() ? Frame.NO_REF : Json.quote(text);
  }
}
