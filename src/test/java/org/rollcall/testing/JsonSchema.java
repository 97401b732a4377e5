package org.rollcall.testing;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The schemas of an OpenAPI document (JSON Schema 2020-12), as far as ours use them: any other
 * keyword is a fault of the document. Stricter in one point: an object whose schema names its
 * properties has no others, unless {@code additionalProperties} says which, so that nothing is
 * answered that is not described.
 */
final class JsonSchema {
  private static final Set<String> REMARKS =
      Set.of("description", "title", "examples", "example", "default", "format");

  private final JsonObject document;
  private final List<String> faults = new ArrayList<>();

  private JsonSchema(JsonObject document) {
    this.document = document;
  }

  /** Returns what is wrong with a value; nothing if it is as the schema has it. */
  static List<String> faults(JsonObject document, JsonObject schema, JsonValue value) {
    JsonSchema check = new JsonSchema(document);
    check.check(schema, value, "$");
    return check.faults;
  }

  /** Returns the part of a document that a reference leads to. */
  static JsonObject resolve(JsonObject document, JsonObject part) {
    return part.containsKey("$ref")
        ? document.getValue(part.getString("$ref").substring(1)).asJsonObject()
        : part;
  }

  private void check(JsonObject schema, JsonValue value, String at) {
    for (Map.Entry<String, JsonValue> rule : schema.entrySet()) {
      JsonValue given = rule.getValue();
      switch (rule.getKey()) {
        case "$ref" -> check(resolve(document, schema), value, at);
        case "type" ->
            expect(types(given).contains(type(value)) || isWhole(given, value), at, rule);
        case "const" -> expect(given.equals(value), at, rule);
        case "enum" -> expect(given.asJsonArray().contains(value), at, rule);
        case "properties" -> properties(schema, value, at);
        case "required" -> required(given.asJsonArray(), value, at);
        case "items" -> items(given.asJsonObject(), value, at);
        case "minItems" -> expect(size(value) >= number(given), at, rule);
        case "maxItems" -> expect(size(value) <= number(given), at, rule);
        case "minLength" -> expect(length(value, Integer.MAX_VALUE) >= number(given), at, rule);
        case "maxLength" -> expect(length(value, 0) <= number(given), at, rule);
        case "minimum" -> expect(number(value) >= number(given), at, rule);
        case "maximum" -> expect(number(value) <= number(given), at, rule);
        case "pattern" -> expect(matches(given, value), at, rule);
        case "additionalProperties" -> {
          if (!schema.containsKey("properties")) {
            properties(schema, value, at);
          }
        }
        default -> expect(REMARKS.contains(rule.getKey()), at, rule);
      }
    }
  }

  private void expect(boolean holds, String at, Map.Entry<String, JsonValue> rule) {
    if (!holds) {
      faults.add(at + ": expected " + rule.getKey() + " " + rule.getValue());
    }
  }

  private void properties(JsonObject schema, JsonValue value, String at) {
    if (!(value instanceof JsonObject object)) {
      return;
    }
    JsonObject named =
        schema.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    JsonValue others = schema.getOrDefault("additionalProperties", JsonValue.FALSE);
    object.forEach(
        (name, field) -> {
          String place = at + "." + name;
          if (named.containsKey(name)) {
            check(named.getJsonObject(name), field, place);
          } else if (others instanceof JsonObject other) {
            check(other, field, place);
          } else if (!others.equals(JsonValue.TRUE)) {
            faults.add(place + " is not described");
          }
        });
  }

  private void required(JsonArray names, JsonValue value, String at) {
    for (JsonString name : names.getValuesAs(JsonString.class)) {
      if (value instanceof JsonObject object && !object.containsKey(name.getString())) {
        faults.add(at + " has no " + name.getString());
      }
    }
  }

  private void items(JsonObject schema, JsonValue value, String at) {
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        check(schema, array.get(i), at + "[" + i + "]");
      }
    }
  }

  private static List<String> types(JsonValue given) {
    return given instanceof JsonArray array
        ? array.getValuesAs(JsonString::getString)
        : List.of(((JsonString) given).getString());
  }

  private static String type(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE, FALSE -> "boolean";
      default -> value.getValueType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static boolean isWhole(JsonValue given, JsonValue value) {
    return types(given).contains("integer")
        && value instanceof JsonNumber number
        && number.isIntegral();
  }

  private static boolean matches(JsonValue pattern, JsonValue value) {
    return !(value instanceof JsonString string)
        || Pattern.compile(((JsonString) pattern).getString()).matcher(string.getString()).find();
  }

  private static int size(JsonValue value) {
    return value instanceof JsonArray array ? array.size() : 0;
  }

  private static int length(JsonValue value, int none) {
    return value instanceof JsonString string
        ? string.getString().codePointCount(0, string.getString().length())
        : none;
  }

  private static double number(JsonValue value) {
    return value instanceof JsonNumber number ? number.doubleValue() : Double.NaN;
  }
}
