package org.rollcall.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Topics in the body of a request that anyone may send.
 *
 * <p>Safe for many threads.
 */
final class TopicArrays {
  /** A character as JSON may escape it. */
  private static final int LONGEST_CHARACTER = 6;

  /** Quotes, a comma and white space. */
  private static final int BESIDE = 16;

  private final int most;

  /** Creates one that reads at most so many topics. */
  TopicArrays(int most) {
    this.most = most;
  }

  /**
   * Reads a JSON array of topics, each once.
   *
   * @param longest the longest topic, in characters
   * @throws WebApplicationException 400 if it is anything else, 413 if it is too long
   */
  List<String> read(InputStream body, int longest) {
    int largest = most * (longest * LONGEST_CHARACTER + BESIDE);
    JsonArray array = JsonArrays.read(body, largest, "topics");
    if (array.isEmpty() || array.size() > most) {
      throw bad("expected 1 to " + most + " topics, but got " + array.size());
    }
    List<String> topics = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      if (!(value instanceof JsonString topic)) {
        throw bad("expected topics as strings, but got a JSON " + value.getValueType());
      }
      topics.add(topic.getString());
    }
    if (new HashSet<>(topics).size() < topics.size()) {
      throw bad("expected each topic once");
    }
    return topics;
  }

  private static WebApplicationException bad(String detail) {
    return Problem.of(Response.Status.BAD_REQUEST, detail);
  }
}
