package org.rollcall.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.WaitingDiff;

/** The payloads of {@code presence_state} and {@code presence_diff} as compact JSON. */
final class PresencePayload {
  private PresencePayload() {}

  /** Returns {@code {"<key>":{"metas":[{...,"phx_ref":"..."}]}}}. */
  static String state(Map<String, List<Meta>> presences) {
    StringBuilder json = new StringBuilder("{");
    presences.forEach(
        (key, metas) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          StringJoiner list = new StringJoiner(",", "{\"metas\":[", "]}");
          metas.forEach(meta -> list.add(meta(meta, "")));
          json.append(Json.quote(key)).append(':').append(list);
        });
    return json.append('}').toString();
  }

  /** Returns {@code {"joins":{...},"leaves":{...}}}; an update stands in both. */
  static String diff(List<PresenceDiff.Change> changes) {
    Map<String, StringJoiner> joins = new LinkedHashMap<>();
    Map<String, StringJoiner> leaves = new LinkedHashMap<>();
    for (PresenceDiff.Change change : changes) {
      Meta joined = change.joined();
      Meta left = change.left();
      if (joined != null) {
        String previous = left == null ? "" : ",\"phx_ref_prev\":" + Json.quote(left.ref());
        list(joins, change.key()).add(meta(joined, previous));
      }
      if (left != null) {
        list(leaves, change.key()).add(meta(left, ""));
      }
    }
    return "{\"joins\":" + object(joins) + ",\"leaves\":" + object(leaves) + "}";
  }

  private static StringJoiner list(Map<String, StringJoiner> side, String key) {
    return side.computeIfAbsent(key, any -> new StringJoiner(",", "{\"metas\":[", "]}"));
  }

  private static String object(Map<String, StringJoiner> side) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    side.forEach((key, metas) -> members.add(Json.quote(key) + ":" + metas));
    return members.toString();
  }

  private static String meta(Meta meta, String previous) {
    String comma = meta.fields().isEmpty() ? "" : ",";
    return "{" + meta.fields() + comma + "\"phx_ref\":" + Json.quote(meta.ref()) + previous + "}";
  }

  /** The texts of a diff, each made once for all subscribers of a node. */
  static final class Rendered {
    private final String topic;
    private final String payload;
    private final int size;
    private volatile String v1 = "";
    private volatile String v2 = "";

    /** Returns a diff's texts, the same object for all subscribers. */
    static Rendered of(PresenceDiff diff) {
      return diff.form(Rendered.class, Rendered::new);
    }

    private Rendered(PresenceDiff diff) {
      this.topic = diff.topic().name();
      this.payload = diff(diff.changes());
      this.size = WaitingDiff.sizeOf(payload);
    }

    String payload() {
      return payload;
    }

    /** Returns what the payload takes in memory, in bytes. */
    int size() {
      return size;
    }

    /** Returns the broadcast on the diff's own topic. */
    String broadcast(Serializer serializer) {
      return serializer == Serializer.V2 ? v2() : v1();
    }

    private String v1() {
      if (v1.isEmpty()) {
        v1 = Serializer.V1.encode(new Broadcast(topic, Events.PRESENCE_DIFF, payload));
      }
      return v1;
    }

    private String v2() {
      if (v2.isEmpty()) {
        v2 = Serializer.V2.encode(new Broadcast(topic, Events.PRESENCE_DIFF, payload));
      }
      return v2;
    }
  }
}
