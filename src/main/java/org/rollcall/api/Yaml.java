package org.rollcall.api;

import static java.util.Locale.ROOT;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON as YAML 1.2, in blocks, for people who read it.
 *
 * <p>A text is plain if no version of YAML takes it for anything else, and otherwise written as in
 * JSON, which YAML reads alike.
 */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./ -]*(?<! )");

  /** The texts that YAML 1.1 reads as booleans and as null. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  /** Returns an object as YAML. */
  static String of(JsonObject object) {
    Yaml yaml = new Yaml();
    yaml.fields(object, "");
    return yaml.text.toString();
  }

  private void fields(JsonObject object, String indent) {
    String begin = "";
    for (Map.Entry<String, JsonValue> field : object.entrySet()) {
      text.append(begin).append(scalar(field.getKey())).append(':');
      value(field.getValue(), indent);
      begin = indent;
    }
  }

  private void items(JsonArray array, String indent) {
    for (JsonValue item : array) {
      text.append(indent).append('-');
      if (item instanceof JsonObject object && !object.isEmpty()) {
        text.append(' ');
        fields(object, indent + "  ");
      } else {
        value(item, indent);
      }
    }
  }

  /**
   * Appends the value that follows the colon of a field, or the hyphen of an item, and ends the
   * line.
   */
  private void value(JsonValue value, String indent) {
    if (value instanceof JsonStructure structure && !isEmpty(structure)) {
      text.append('\n');
      if (structure instanceof JsonObject object) {
        text.append(indent).append("  ");
        fields(object, indent + "  ");
      } else {
        items(structure.asJsonArray(), indent + "  ");
      }
    } else {
      String scalar = value instanceof JsonString string ? scalar(string.getString()) : "" + value;
      text.append(' ').append(scalar).append('\n');
    }
  }

  private static boolean isEmpty(JsonStructure structure) {
    return structure instanceof JsonObject object
        ? object.isEmpty()
        : structure.asJsonArray().isEmpty();
  }

  private static String scalar(String string) {
    boolean plain = PLAIN.matcher(string).matches() && !WORDS.contains(string.toLowerCase(ROOT));
    return plain ? string : Json.createValue(string).toString();
  }
}
