package org.rollcall.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.identity.UserId;

/** User ids in requests, each checked, with a sentence for one that cannot be an id. */
final class UserIdParams {
  private static final int LONGEST_SHOWN = 128;

  /** More than 100,000 ids of the greatest length. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private UserIdParams() {}

  /**
   * Reads a JSON array of ids, strings or whole numbers, and nothing after it. Not left to the
   * server: for an object, Payara 6 answers 500.
   *
   * @throws WebApplicationException 400 if it is anything else, 413 if it is too long
   */
  static Set<String> read(InputStream body) {
    Set<String> ids = new TreeSet<>();
    for (JsonValue value : JsonArrays.read(body, LARGEST, "ids")) {
      ids.add(check(id(value)));
    }
    return ids;
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
      throw badId(id.length() > LONGEST_SHOWN ? "a longer one" : "'" + id + "'");
    }
    return id;
  }

  private static WebApplicationException badId(String got) {
    return Problem.of(
        Response.Status.BAD_REQUEST,
        "expected user ids of " + UserId.EXPECTED + ", but got " + got);
  }
}
