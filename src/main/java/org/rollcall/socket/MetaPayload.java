package org.rollcall.socket;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.rollcall.config.LimitSettings;

/**
 * The part of a meta that a client gives: an object with a limited number of keys and bytes.
 *
 * <p>No key begins with {@code phx_}, which is the protocol's, and none, however deep, is a member
 * of every JavaScript object (CVE-2026-56812). {@code online_at} is the server's: a client's own is
 * left out.
 *
 * <p>What is given on has to be readable by everyone: parsers of many languages refuse a whole
 * frame for a number past a double, for depth, or for half of a surrogate pair. So a meta has at
 * most 16 levels, and none of these.
 */
public final class MetaPayload {
  private static final int MOST_LEVELS = 16;

  /** As many digits as a number of 64 bits has. */
  private static final int MOST_DIGITS = 20;

  private static final String ONLINE_AT = "online_at";
  private static final Set<String> JAVASCRIPT = Set.of("__proto__", "constructor", "prototype");

  private MetaPayload() {}

  /** Thrown for a meta that breaks a rule; its message is for the client. */
  public static final class InvalidMeta extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidMeta(String sentence) {
      super(sentence, null, false, false);
    }

    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Returns the members of what the client gave, without the braces; nothing for JSON null. Equal
   * metas have equal text.
   */
  public static String members(JsonValue given, LimitSettings.Lengths most) throws InvalidMeta {
    if (given == JsonValue.NULL) {
      return "";
    }
    if (!(given instanceof JsonObject object)) {
      throw new InvalidMeta("expected an object, but got " + given.getValueType());
    }
    check(object, most);
    Map<String, JsonValue> members = new HashMap<>(object);
    members.remove(ONLINE_AT);
    return CanonicalJson.members(members);
  }

  private static void check(JsonObject object, LimitSettings.Lengths most) throws InvalidMeta {
    if (object.size() > most.metaKeys()) {
      throw new InvalidMeta(
          "expected at most " + most.metaKeys() + " keys, but got " + object.size());
    }
    for (String key : object.keySet()) {
      if (key.startsWith("phx_")) {
        throw wrongKey(key);
      }
    }
    checkValue(object, 1);
    // Of the text that is kept and sent, which may be longer than the client's: 1e20, for instance.
    int bytes = CanonicalJson.of(object).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > most.metaBytes()) {
      throw new InvalidMeta("expected at most " + most.metaBytes() + " bytes, but got " + bytes);
    }
  }

  private static void checkValue(JsonValue value, int level) throws InvalidMeta {
    if (value instanceof JsonObject || value instanceof JsonArray) {
      if (level > MOST_LEVELS) {
        throw new InvalidMeta("expected at most " + MOST_LEVELS + " levels, but got more");
      }
    }
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.entrySet()) {
        checkKey(member.getKey());
        checkValue(member.getValue(), level + 1);
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array) {
        checkValue(element, level + 1);
      }
    } else if (value instanceof JsonString string) {
      checkText(string.getString());
    } else if (value instanceof JsonNumber number) {
      checkNumber(number.bigDecimalValue());
    }
  }

  private static void checkKey(String key) throws InvalidMeta {
    checkText(key);
    if (JAVASCRIPT.contains(key)) {
      throw wrongKey(key);
    }
  }

  /**
   * Half a surrogate pair and U+0000 can be written in JSON, but not every client can read them.
   */
  private static void checkText(String text) throws InvalidMeta {
    if (text.codePoints().anyMatch(c -> c == 0 || isHalf(c))) {
      throw new InvalidMeta("expected text without U+0000 and without half of a surrogate pair");
    }
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static void checkNumber(BigDecimal number) throws InvalidMeta {
    double nearest = number.doubleValue();
    boolean held = Double.isFinite(nearest) && (nearest != 0 || number.signum() == 0);
    if (!held || number.precision() > MOST_DIGITS) {
      throw new InvalidMeta(
          "expected numbers that a double holds, of at most " + MOST_DIGITS + " digits");
    }
  }

  private static InvalidMeta wrongKey(String key) {
    return new InvalidMeta("expected no key of the protocol or of every object, but got " + key);
  }
}
