package org.rollcall.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.rollcall.presence.Meta;

/** One user's presence: {@code {"id":"7","metas":[{"online_at":"...","phx_ref":"..."}]}}. */
public final class PresenceJson {
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private PresenceJson() {}

  /** Returns a user's presence; without metas it is the presence of a user who is offline. */
  static JsonObject of(String id, List<Meta> metas) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    metas.forEach(meta -> array.add(meta(meta)));
    return Json.createObjectBuilder().add("id", id).add("metas", array).build();
  }

  /**
   * Returns one meta: {@code online_at}, the members that the connection has given, {@code
   * phx_ref}.
   */
  public static JsonObject meta(Meta meta) {
    try (JsonReader reader = READERS.createReader(new StringReader("{" + meta.fields() + "}"))) {
      return Json.createObjectBuilder(reader.readObject()).add("phx_ref", meta.ref()).build();
    }
  }
}
