package org.rollcall.cdi;

import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rollcall.Presence;
import org.rollcall.PresenceUnavailable;
import org.rollcall.TrackedPresence;
import org.rollcall.api.PresenceJson;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;

/** The presence on this node and all others of its cluster. Safe for many threads. */
public final class LivePresence implements Presence {
  private final Supplier<ServingNode> node;

  /**
   * Creates one.
   *
   * @param node returns the node's parts at each call, or throws {@link PresenceUnavailable}
   */
  public LivePresence(Supplier<ServingNode> node) {
    this.node = node;
  }

  @Override
  public boolean isOnline(String user) {
    return !known(node.get(), user).isEmpty();
  }

  @Override
  public List<JsonObject> metas(String user) {
    return json(known(node.get(), user));
  }

  @Override
  public Map<String, List<JsonObject>> metas(Collection<String> users) {
    ServingNode serving = node.get();
    Map<String, List<JsonObject>> all = new LinkedHashMap<>();
    users.forEach(user -> all.computeIfAbsent(user, id -> json(known(serving, id))));
    return all;
  }

  private static List<Meta> known(ServingNode serving, String user) {
    return serving.tracker().list(Topic.ofUser(user)).metas().getOrDefault(user, List.of());
  }

  @Override
  public Map<String, List<JsonObject>> list(String room) {
    ServingNode serving = node.get();
    if (!serving.channels().isRoom(room)) {
      throw new IllegalArgumentException(
          "expected the topic of a room (rollcall.channels.rooms), but got one of "
              + room.length()
              + " characters that is none");
    }
    Map<String, List<JsonObject>> all = new LinkedHashMap<>();
    serving.tracker().list(new Topic(room)).metas().forEach((key, m) -> all.put(key, json(m)));
    return all;
  }

  static List<JsonObject> json(List<Meta> metas) {
    return metas.stream().map(PresenceJson::meta).toList();
  }

  @Override
  public TrackedPresence track(String topic, String key, JsonObject meta) {
    return node.get().tracked().track(topic, key, meta);
  }
}
