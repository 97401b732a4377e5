package org.rollcall.cdi;

import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.rollcall.PresenceUnavailable;
import org.rollcall.TrackedPresence;
import org.rollcall.config.ChannelSettings;
import org.rollcall.count.Counts;
import org.rollcall.identity.TextRules;
import org.rollcall.identity.UserId;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.MetaPayload;

/**
 * The presences that the application tracks on this node, until it closes them or the node stops
 * serving.
 *
 * <p>A presence is filed before it is tracked, and looks after that whether the node still serves.
 * So a drain, which first ceases to serve and then goes through the files, misses none.
 *
 * <p>Safe for many threads; calls may wait for the store.
 */
public final class TrackedPresences {
  private static final Logger LOG = System.getLogger(TrackedPresences.class.getName());
  private static final String USER = "user:";

  private final Tracker tracker;
  private final Counts counts;
  private final VisibilityRules rules;
  private final ChannelSettings settings;
  private final ConcurrentMap<String, Set<ApplicationPresence>> held = new ConcurrentHashMap<>();
  private volatile boolean serving = true;

  /** Creates one that holds nothing. Hand it the changes of the rules by {@link #rulesChanged}. */
  public TrackedPresences(
      Tracker tracker, Counts counts, VisibilityRules rules, ChannelSettings settings) {
    this.tracker = tracker;
    this.counts = counts;
    this.rules = rules;
    this.settings = settings;
  }

  /** Tracks a presence, as {@link org.rollcall.Presence#track} says. */
  TrackedPresence track(String topic, String key, JsonObject meta) {
    if (!UserId.isValid(key)) {
      throw new IllegalArgumentException(
          "expected the key to be a user's id (" + UserId.EXPECTED + "), but got " + fault(key));
    }
    ApplicationPresence presence = presence(topic, key, given(meta));
    file(presence);
    if (!serving) {
      drop(presence);
      throw unavailable();
    }
    presence.open();
    return presence;
  }

  private static String fault(String key) {
    return UserId.fault(key).orElse("") + " in " + key.length() + " characters";
  }

  private ApplicationPresence presence(String topic, String key, String given) {
    ApplicationPresence.Name name = new ApplicationPresence.Name(topic, key);
    if (TextRules.isTopic(topic, settings.limits().lengths().topic())) {
      if (topic.equals(USER + key)) {
        return new ApplicationEntry(this, name, Topic.ofUser(key), given);
      }
      if (settings.isRoom(topic)) {
        return new ApplicationEntry(this, name, new Topic(topic), given);
      }
      if (settings.isCount(topic)) {
        ApplicationCount.requireEmpty(given);
        return new ApplicationCount(this, name);
      }
    }
    throw new IllegalArgumentException(
        "expected the topic user: with the key, or that of a room or a count, of at most "
            + settings.limits().lengths().topic()
            + " characters (rollcall.limits.topic), but got another one of "
            + topic.length()
            + " characters");
  }

  /** Returns the members of a meta, without the braces. */
  String given(JsonObject meta) {
    try {
      return MetaPayload.members(meta, settings.limits().lengths());
    } catch (MetaPayload.InvalidMeta e) {
      throw new IllegalArgumentException("The meta: " + e.sentence(), e);
    }
  }

  /** Returns what is thrown once the node does not serve. */
  public static PresenceUnavailable unavailable() {
    return new PresenceUnavailable(
        "Rollcall does not serve on this node: it drains, is suspended or has stopped");
  }

  private void file(ApplicationPresence presence) {
    held.compute(
        presence.key(),
        (key, all) -> {
          Set<ApplicationPresence> more = all == null ? ConcurrentHashMap.newKeySet(2) : all;
          more.add(presence);
          return more;
        });
  }

  void drop(ApplicationPresence presence) {
    held.computeIfPresent(
        presence.key(),
        (key, all) -> {
          all.remove(presence);
          return all.isEmpty() ? null : all;
        });
  }

  /** Moves the entries of users whom rules hide, or show again. Called by a worker. */
  public void rulesChanged(Set<String> users) {
    users.forEach(user -> each(held.getOrDefault(user, Set.of()), ApplicationPresence::look));
  }

  /** Closes all presences as lost, and tracks none until {@link #serve}. */
  public void drain() {
    serving = false;
    held.values().forEach(all -> each(all, ApplicationPresence::lose));
  }

  private static void each(Set<ApplicationPresence> presences, Consumer<ApplicationPresence> work) {
    for (ApplicationPresence presence : presences) {
      try {
        work.accept(presence);
      } catch (RuntimeException e) {
        // The others must follow nevertheless.
        LOG.log(Level.ERROR, "A presence of the application could not be changed", e);
      }
    }
  }

  /** Tracks again after {@link #drain}. Closed presences stay closed. */
  public void serve() {
    serving = true;
  }

  /** Returns whether something can be tracked. */
  public boolean isServing() {
    return serving;
  }

  /** Returns how many are held. */
  public int size() {
    return held.values().stream().mapToInt(Set::size).sum();
  }

  Tracker tracker() {
    return tracker;
  }

  Counts counts() {
    return counts;
  }

  VisibilityRules rules() {
    return rules;
  }
}
