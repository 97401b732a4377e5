package org.rollcall.socket;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.rollcall.protocol.Json;

/**
 * JSON text that is the same for equal values: members are sorted by their names, {@code 1}, {@code
 * 1.0} and {@code 1e0} are one number, and a character has one spelling.
 *
 * <p>A client whose dictionaries have no order says the same again at each reconnect, in another
 * order; to compare such texts is enough.
 */
final class CanonicalJson {
  /** Numbers with more digits are written with an exponent. */
  private static final int PLAIN_DIGITS = 21;

  private CanonicalJson() {}

  /** Returns a value's text. */
  static String of(JsonValue value) {
    if (value instanceof JsonObject object) {
      return "{" + members(object) + "}";
    }
    if (value instanceof JsonArray array) {
      StringJoiner elements = new StringJoiner(",", "[", "]");
      array.forEach(element -> elements.add(of(element)));
      return elements.toString();
    }
    if (value instanceof JsonString string) {
      return Json.quote(string.getString());
    }
    return value instanceof JsonNumber number ? number(number) : value.toString();
  }

  /** Returns the text of an object's members, without the braces. */
  static String members(Map<String, JsonValue> object) {
    StringJoiner members = new StringJoiner(",");
    new TreeMap<>(object)
        .forEach((name, member) -> members.add(Json.quote(name) + ":" + of(member)));
    return members.toString();
  }

  private static String number(JsonNumber number) {
    BigDecimal value = number.bigDecimalValue();
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = value.stripTrailingZeros();
    boolean plain = shortest.scale() <= 0 && shortest.scale() > -PLAIN_DIGITS;
    return plain ? shortest.toPlainString() : shortest.toString();
  }
}
