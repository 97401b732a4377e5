package org.rollcall.channel;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Connection;
import org.rollcall.presence.Departure;
import org.rollcall.presence.Entry;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;

/**
 * One channel's part in presence: what it is told of others, and its own entry, tracked once.
 *
 * <p>While the user is visible to nobody, the entry is on the veiled topic, to which no one else
 * subscribes: an entry that is not there cannot be shown by mistake, on any path.
 *
 * <p>Called by one worker at a time.
 */
final class Attendance {
  private final ChannelRouter.Presences presences;
  private final String key;
  private final Topic own;
  private String given = "";
  private @Nullable PresenceFeed feed;
  private Outbox.@Nullable Stream stream;
  private @Nullable Entry entry;
  private boolean veiled;

  /**
   * Creates one that does nothing yet.
   *
   * @param key the key to be tracked under: the user's id
   * @param own the topic to be tracked on
   */
  Attendance(ChannelRouter.Presences presences, String key, Topic own) {
    this.presences = presences;
    this.key = key;
    this.own = own;
  }

  /** Takes the client's part of the meta, or JSON null. */
  void prepare(JsonValue meta) throws MetaPayload.InvalidMeta {
    given = MetaPayload.members(meta, presences.lengths());
  }

  /**
   * Tells the state of some topics and their diffs from then on, and tracks the own entry.
   *
   * @param watched the topics to be told of
   * @param text makes the frame of a diff
   */
  void begin(Slot slot, Collection<Topic> watched, Function<PresenceDiff, String> text) {
    Outbox.Stream out = slot.stream(this::restate);
    stream = out;
    feed =
        new PresenceFeed(
            presences.tracker(),
            state -> out.state(slot.push(Events.PRESENCE_STATE, state)),
            diff -> {
              slot.socket().traffic().diff();
              out.push(text.apply(diff));
            });
    feed.open(withVeil(watched), presences.visibility().sight(key));
    veiled = isHidden();
    track(slot);
  }

  private Set<Topic> withVeil(Collection<Topic> watched) {
    Set<Topic> all = new HashSet<>(watched);
    all.add(own.veiled(key));
    return all;
  }

  private boolean isHidden() {
    return presences.visibility().rules().isHidden(key);
  }

  private void track(Connection connection) {
    long now = presences.clock().instant().getEpochSecond();
    Topic topic = veiled ? own.veiled(key) : own;
    entry = presences.tracker().track(topic, key, Meta.of(now, given), connection);
  }

  /** Tells what other topics, or the rules of now, make of the client's view, and of its entry. */
  void look(Connection connection, Collection<Topic> watched) {
    if (feed != null) {
      feed.show(withVeil(watched), presences.visibility().sight(key));
    }
    if (entry != null && veiled != isHidden()) {
      veiled = !veiled;
      presences.tracker().end(entry, Departure.LEFT);
      // As one who has just come: since when the user was here unseen is nobody's business.
      track(connection);
    }
  }

  private void restate() {
    if (feed != null) {
      feed.restate();
    }
  }

  /**
   * Carries out an event: {@code update} replaces the client's part of the meta. The reply, with
   * the new ref, goes before the diff.
   */
  void receive(Slot slot, Message message) {
    @Nullable Entry tracked = entry;
    @Nullable JsonObject changed = message.object();
    if (tracked == null || !message.event().equals(Events.UPDATE)) {
      slot.reply(message.error(Reason.UNKNOWN_EVENT.payload("expected update")));
    } else if (changed == null) {
      slot.reply(message.error(Reason.INVALID_META.payload("expected an object")));
    } else {
      update(slot, message, tracked, changed);
    }
  }

  private void update(Slot slot, Message message, Entry tracked, JsonObject changed) {
    try {
      given = MetaPayload.members(changed, presences.lengths());
      Meta meta = tracked.meta().with(given);
      slot.reply(message.ok("{\"phx_ref\":" + Json.quote(meta.ref()) + "}"));
      entry = presences.tracker().update(tracked, meta);
      slot.socket().traffic().updated();
    } catch (MetaPayload.InvalidMeta e) {
      slot.reply(message.error(Reason.INVALID_META.payload(e.sentence())));
    }
  }

  /** Is told nothing more, and tracked no longer than the departure's grace. */
  void stop(Departure departure) {
    try {
      if (stream != null) {
        stream.end();
      }
      if (feed != null) {
        feed.close();
      }
    } finally {
      end(departure);
    }
  }

  private void end(Departure departure) {
    if (entry != null) {
      // The entry of a user who has just hidden must not linger for others.
      boolean late = !veiled && isHidden();
      presences.tracker().end(entry, late ? Departure.LEFT : departure);
      entry = null;
    }
  }
}
