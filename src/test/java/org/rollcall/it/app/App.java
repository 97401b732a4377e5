package org.rollcall.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.Presence;
import org.rollcall.PublishedCounts;
import org.rollcall.TrackedPresence;

/** A bean of an application that is deployed together with Rollcall; knows its Java API only. */
@ApplicationScoped
public class App {
  private final Map<String, TrackedPresence> tracked = new ConcurrentHashMap<>();
  @Inject private Presence presence;
  @Inject private PublishedCounts counts;
  @Inject private AppFriends friends;
  @Inject private AppObserver observer;

  /** Runs a command and returns its result, or the class and the message of what it threw. */
  public String run(String command, String topic, String user, String text) {
    try {
      return switch (command) {
        case "online" -> "" + presence.isOnline(user);
        case "metas" -> "" + presence.metas(user);
        case "list" -> "" + presence.list(topic).keySet();
        case "count" -> "" + counts.count(topic).total();
        case "track" -> track(topic, user, text);
        case "update" -> handle(topic, user).update(meta(text));
        case "close" -> close(topic, user);
        case "befriend" -> friends.befriend(user, Set.of(text.split(",")));
        case "events" -> observer.events(user);
        case "release" -> observer.release();
        default -> throw new IllegalArgumentException(command);
      };
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static JsonObject meta(String text) {
    return Optional.ofNullable(text)
        .map(given -> Json.createObjectBuilder().add("text", given).build())
        .orElse(JsonObject.EMPTY_JSON_OBJECT);
  }

  private String track(String topic, String user, String text) {
    JsonObject meta = "large".equals(text) ? meta("x".repeat(3000)) : meta(text);
    TrackedPresence handle = presence.track(topic, user, meta);
    tracked.put(topic + " " + user, handle);
    return handle.ref();
  }

  private TrackedPresence handle(String topic, String user) {
    return Optional.ofNullable(tracked.get(topic + " " + user)).orElseThrow();
  }

  private String close(String topic, String user) {
    TrackedPresence handle = handle(topic, user);
    handle.close();
    return "" + handle.isOpen();
  }
}
