package org.rollcall.channel;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.rollcall.config.LimitSettings;
import org.rollcall.protocol.Json;

/**
 * The part of a meta that a client gives: an object of so many keys and bytes at most.
 *
 * <p>No key begins with {@code phx_}, which is the protocol's, and none, however deep, is a member
 * of every JavaScript object (CVE-2026-56812). {@code online_at} is the server's: a client's own is
 * left out.
 */
final class MetaPayload {
  private static final String ONLINE_AT = "online_at";
  private static final Set<String> JAVASCRIPT = Set.of("__proto__", "constructor", "prototype");

  private MetaPayload() {}

  /** Thrown for a meta that breaks a rule; its message is for the client. */
  static final class InvalidMeta extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidMeta(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Returns the members of what the client gave, without the braces; nothing for JSON null. */
  static String members(JsonValue given, LimitSettings.Lengths most) throws InvalidMeta {
    if (given == JsonValue.NULL) {
      return "";
    }
    if (!(given instanceof JsonObject object)) {
      throw new InvalidMeta("expected an object, but got " + given.getValueType());
    }
    check(object, most);
    StringJoiner members = new StringJoiner(",");
    for (Map.Entry<String, JsonValue> member : object.entrySet()) {
      if (!member.getKey().equals(ONLINE_AT)) {
        members.add(Json.quote(member.getKey()) + ":" + Json.text(member.getValue()));
      }
    }
    return members.toString();
  }

  private static void check(JsonObject object, LimitSettings.Lengths most) throws InvalidMeta {
    if (object.size() > most.metaKeys()) {
      throw new InvalidMeta(
          "expected at most " + most.metaKeys() + " keys, but got " + object.size());
    }
    for (String key : object.keySet()) {
      if (key.startsWith("phx_")) {
        throw wrongKey(key);
      }
    }
    checkKeys(object);
    int bytes = object.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > most.metaBytes()) {
      throw new InvalidMeta("expected at most " + most.metaBytes() + " bytes, but got " + bytes);
    }
  }

  /** No deeper than the parser goes. */
  private static void checkKeys(JsonValue value) throws InvalidMeta {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.entrySet()) {
        if (JAVASCRIPT.contains(member.getKey())) {
          throw wrongKey(member.getKey());
        }
        checkKeys(member.getValue());
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array) {
        checkKeys(element);
      }
    }
  }

  private static InvalidMeta wrongKey(String key) {
    return new InvalidMeta("expected no key of the protocol or of every object, but got " + key);
  }
}
