package org.rollcall.testing;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One operation of an {@linkplain ApiDocument OpenAPI document}.
 *
 * @param document the whole document
 * @param method {@code GET}, ...
 * @param path its address, with names in braces
 * @param json what the document says of it
 */
public record ApiOperation(JsonObject document, String method, String path, JsonObject json) {
  /** Returns its name in the document. */
  public String id() {
    return json.getString("operationId");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }

  /** Returns the parameters of a kind, {@code path}, {@code query} or {@code header}. */
  public List<JsonObject> parameters(String in) {
    JsonObject item = document.getJsonObject("paths").getJsonObject(path);
    return Stream.of(item, json)
        .map(part -> part.getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY).asJsonArray())
        .flatMap((JsonArray list) -> list.getValuesAs(JsonObject.class).stream())
        .map(parameter -> JsonSchema.resolve(document, parameter))
        .filter(parameter -> parameter.getString("in").equals(in))
        .toList();
  }

  /** Returns whether one of its parameters is a header of this name. */
  public boolean takes(String header) {
    return parameters("header").stream().anyMatch(p -> p.getString("name").equals(header));
  }

  /** Returns whether a caller has to say who it is. */
  public boolean needsCaller() {
    JsonArray ways = json.getJsonArray("security");
    return !ways.isEmpty() && !ways.contains(JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Returns whether a caller has to be an administrator. */
  public boolean needsAdmin() {
    return needsCaller() && json.getJsonArray("security").toString().contains("rollcall-admin");
  }

  /** Returns whether it may be called with a bearer token. */
  public boolean takesToken() {
    return json.getJsonArray("security").toString().contains("\"bearer\"");
  }

  /** Returns the media type of the body that it takes. */
  public Optional<String> bodyType() {
    return Optional.ofNullable(json.getJsonObject("requestBody"))
        .map(body -> body.getJsonObject("content").keySet().iterator().next());
  }

  /** Returns the body of the document's example; empty if it needs none. */
  public String body() {
    if (bodyType().isEmpty() || !json.getJsonObject("requestBody").getBoolean("required", false)) {
      return "";
    }
    JsonObject content = json.getJsonObject("requestBody").getJsonObject("content");
    return text(content.getJsonObject(bodyType().get()).getValue("/example"));
  }

  /**
   * Returns the values of the document's examples, of required parameters and of those it needs.
   */
  public Map<String, List<String>> examples(String in) {
    Map<String, List<String>> examples = new LinkedHashMap<>();
    for (JsonObject parameter : parameters(in)) {
      JsonValue example = parameter.get("example");
      if (example instanceof JsonArray several) {
        examples.put(
            parameter.getString("name"), several.stream().map(ApiOperation::text).toList());
      } else if (example != null) {
        examples.put(parameter.getString("name"), List.of(text(example)));
      }
    }
    return examples;
  }

  /** Returns the address of a request, from the server's root of addresses. */
  public String address(Map<String, List<String>> path, Map<String, List<String>> query) {
    String address = this.path;
    for (Map.Entry<String, List<String>> value : path.entrySet()) {
      address = address.replace("{" + value.getKey() + "}", escape(value.getValue().get(0)));
    }
    List<String> pairs = new ArrayList<>();
    query.forEach((name, values) -> values.forEach(value -> pairs.add(name + "=" + escape(value))));
    return address + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : String.valueOf(value);
  }
}
