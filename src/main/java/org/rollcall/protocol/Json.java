package org.rollcall.protocol;

import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The little JSON that frames need beyond Jakarta JSON Processing. Safe for many threads. */
public final class Json {
  private static final JsonParserFactory PARSERS = provider().createParserFactory(Map.of());
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Json() {}

  /**
   * Finds the provider once, with this WAR's class loader: the look-up goes through service files,
   * which costs more than parsing a frame, and the threads that parse have no loader of their own.
   */
  private static JsonProvider provider() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Json.class.getClassLoader());
    try {
      return JsonProvider.provider();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Parses one JSON value. A value that is too large for the parser becomes a smaller value that is
   * still too large for any payload ({@link OversizedJson}).
   *
   * @throws MalformedFrame if the text is not JSON
   */
  public static JsonValue parse(String text) throws MalformedFrame {
    try {
      return parseWithinLimits(text);
    } catch (RuntimeException e) {
      // Parsson 1.1 reports numbers and nesting past its limits as bare runtime exceptions.
    }
    try {
      return parseWithinLimits(OversizedJson.shrink(text));
    } catch (RuntimeException e) {
      throw new MalformedFrame(
          "expected JSON within the parser's limits, but got " + excerpt(text));
    }
  }

  private static JsonValue parseWithinLimits(String text) throws MalformedFrame {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      if (parser.hasNext()) {
        throw new MalformedFrame("expected one JSON value, but got " + excerpt(text));
      }
      return value;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw new MalformedFrame("expected JSON, but got " + excerpt(text));
    }
  }

  static String string(@Nullable JsonValue value, String name) throws MalformedFrame {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw new MalformedFrame("expected " + name + " to be a string");
  }

  private static String excerpt(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /**
   * Returns a JSON string with its quotes. Lone surrogates, which UTF-8 cannot carry, are escaped.
   */
  public static String quote(String text) {
    int at = 0;
    while (at < text.length() && plain(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return "\"" + text + "\"";
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        escape(out, c);
      }
    }
    return out.append('"').toString();
  }

  private static boolean plain(char c) {
    return c >= ' ' && c != '"' && c != '\\' && c < 0x7f;
  }

  private static void escape(StringBuilder out, char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
      out.append("\\u")
          .append(HEX[c >> 12])
          .append(HEX[(c >> 8) & 15])
          .append(HEX[(c >> 4) & 15])
          .append(HEX[c & 15]);
    } else {
      out.append(c);
    }
  }
}
