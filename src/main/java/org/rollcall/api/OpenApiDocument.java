package org.rollcall.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The description of every HTTP operation, as OpenAPI 3.1 has it.
 *
 * <p>Its parts are resources, in JSON, one for each tag. Written by hand: what the servers make of
 * annotations differs from one to the other, and knows neither errors nor servlets. A test calls
 * each operation as it is described, and another compares the list with the code.
 */
final class OpenApiDocument {
  private static final List<String> PARTS =
      List.of(
          "document",
          "counts",
          "presence",
          "friends",
          "users",
          "log-in",
          "operations",
          "demo",
          "responses",
          "schemas");

  private OpenApiDocument() {}

  /**
   * Returns the document.
   *
   * @param contextPath where the addresses begin: the server's address is relative to that of the
   *     document, so it is right on each host and port. Empty if they begin at the root, which is
   *     what a document means that names no server.
   */
  static JsonObject at(String contextPath) {
    JsonObject document = JsonValue.EMPTY_JSON_OBJECT;
    for (String part : PARTS) {
      document = merge(document, read(part));
    }
    if (contextPath.isEmpty()) {
      return document;
    }
    JsonArrayBuilder servers =
        Json.createArrayBuilder().add(Json.createObjectBuilder().add("url", contextPath));
    return Json.createObjectBuilder(document).add("servers", servers).build();
  }

  private static JsonObject read(String part) {
    String name = "openapi/" + part + ".json";
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + name);
      }
      try (JsonReader reader = Json.createReader(in)) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new IllegalStateException("expected to read the resource " + name, e);
    }
  }

  /** Returns one object with all that two have; objects of one name become one in turn. */
  private static JsonObject merge(JsonObject one, JsonObject other) {
    JsonObjectBuilder both = Json.createObjectBuilder(one);
    for (Map.Entry<String, JsonValue> entry : other.entrySet()) {
      if (one.get(entry.getKey()) instanceof JsonObject known
          && entry.getValue() instanceof JsonObject more) {
        both.add(entry.getKey(), merge(known, more));
      } else {
        both.add(entry.getKey(), entry.getValue());
      }
    }
    return both.build();
  }
}
