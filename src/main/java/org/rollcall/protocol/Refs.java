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
      return bounded(
          value instanceof JsonString s ? Json.quote(s.getString()) : value.toString(), name);
    }
    throw new MalformedFrame("expected " + name + " to be a string, a number or null");
  }

  static String ofText(String text, String name) throws MalformedFrame {
    return text.isEmpty() ? Frame.NO_REF : bounded(Json.quote(text), name);
  }

  /** Refs are kept for as long as a channel lives; 255 bytes of a binary push may be 1,532. */
  private static String bounded(String text, String name) throws MalformedFrame {
    if (text.length() > LONGEST) {
      throw new MalformedFrame(
          "expected " + name + " of at most " + LONGEST + " characters, but got " + text.length());
    }
    return text;
  }
}
