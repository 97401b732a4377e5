package org.rollcall.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * A frame of version 2 as a client receives it.
 *
 * @param joinRef the join that it belongs to, null for a broadcast
 * @param ref the message that it answers, null for a push
 */
public record Frame(
    @Nullable String joinRef,
    @Nullable String ref,
    String topic,
    String event,
    JsonObject payload) {

  /** Reads a frame. */
  public static Frame of(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonArray parts = reader.readArray();
      return new Frame(
          ref(parts.get(0)),
          ref(parts.get(1)),
          parts.getString(2),
          parts.getString(3),
          parts.getJsonObject(4));
    }
  }

  private static @Nullable String ref(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : null;
  }

  /** Returns {@code ok} or {@code error}. */
  public String status() {
    return payload.getString("status");
  }

  /** Returns what a reply says beyond its status. */
  public JsonObject response() {
    return payload.getJsonObject("response");
  }

  /** Returns why something was refused. */
  public String reason() {
    return response().getString("reason");
  }

  /** Returns the users that a diff lets join. */
  public JsonObject joins() {
    return payload.getJsonObject("joins");
  }

  /** Returns the users that a diff lets leave. */
  public JsonObject leaves() {
    return payload.getJsonObject("leaves");
  }

  /** Returns the first meta of a key: in a state's payload, or in one side of a diff. */
  public static JsonObject meta(JsonObject presences, String key) {
    return metas(presences, key).getJsonObject(0);
  }

  /** Returns all metas of a key. */
  public static JsonArray metas(JsonObject presences, String key) {
    return presences.getJsonObject(key).getJsonArray("metas");
  }
}
