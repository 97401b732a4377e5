package org.rollcall.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.identity.UserId;

/** User ids in requests, each checked, with a sentence for one that cannot be an id. */
final class UserIds {
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private UserIds() {}

  /**
   * Reads a JSON array of ids, strings or whole numbers. Not left to the server: for an object,
   * Payara 6 answers 500.
   *
   * @throws jakarta.json.JsonException if it is anything else, see {@link ProblemMapper}
   */
  static Set<String> read(InputStream body) {
    Set<String> ids = new TreeSet<>();
    for (JsonValue value : array(body)) {
      ids.add(check(id(value)));
    }
    return ids;
  }

  private static JsonArray array(InputStream body) {
    try (JsonReader reader = READERS.createReader(body)) {
      return reader.readArray();
    }
  }

  private static String id(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonNumber number && number.isIntegral()) {
      return number.toString();
    }
    throw badId("a JSON " + value.getValueType());
  }

  /** Returns an id that can be one. */
  static String check(String id) {
    if (!UserId.isValid(id)) {
      throw badId("'" + id + "'");
    }
    return id;
  }

  private static WebApplicationException badId(String got) {
    return Problem.of(
        Response.Status.BAD_REQUEST,
        "expected user ids of " + UserId.EXPECTED + ", but got " + got);
  }
}
