package org.rollcall.channel;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
 * <p>Called by one worker at a time.
 */
final class Attendance {
  private final ChannelRouter.Presences presences;
  private final String key;
  private String given = "";
  private @Nullable PresenceFeed feed;
  private Outbox.@Nullable Stream stream;
  private @Nullable Entry entry;

  /**
   * Creates one that does nothing yet.
   *
   * @param key the key to be tracked under: the user's id
   */
  Attendance(ChannelRouter.Presences presences, String key) {
    this.presences = presences;
    this.key = key;
  }

  /** Takes the client's part of the meta, or JSON null. */
  void prepare(JsonValue meta) throws MetaPayload.InvalidMeta {
    given = MetaPayload.members(meta);
  }

  /**
   * Tells the state of some topics and their diffs from then on, and tracks the own entry.
   *
   * @param watched the topics to be told of
   * @param own the topic to be tracked on
   * @param text makes the frame of a diff
   */
  void begin(Slot slot, Collection<Topic> watched, Topic own, Function<PresenceDiff, String> text) {
    Outbox.Stream out = slot.stream(this::restate);
    stream = out;
    feed =
        new PresenceFeed(
            presences.tracker(),
            state -> out.state(slot.push(Events.PRESENCE_STATE, state)),
            diff -> out.push(text.apply(diff)));
    feed.open(watched);
    long now = presences.clock().instant().getEpochSecond();
    entry = presences.tracker().track(own, key, Meta.of(now, given));
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
    @Nullable JsonObject given = message.object();
    if (tracked == null || !message.event().equals(Events.UPDATE)) {
      slot.reply(message.error(Reason.UNKNOWN_EVENT.payload("expected update")));
    } else if (given == null) {
      slot.reply(message.error(Reason.INVALID_META.payload("expected an object")));
    } else {
      update(slot, message, tracked, given);
    }
  }

  private void update(Slot slot, Message message, Entry tracked, JsonObject given) {
    try {
      Meta meta = tracked.meta().with(MetaPayload.members(given));
      slot.reply(message.ok("{\"phx_ref\":" + Json.quote(meta.ref()) + "}"));
      entry = presences.tracker().update(tracked, meta);
    } catch (MetaPayload.InvalidMeta e) {
      slot.reply(message.error(Reason.INVALID_META.payload(e.sentence())));
    }
  }

  /** Is told nothing more, and tracked no longer than the departure's grace. */
  void stop(Departure departure) {
    if (stream != null) {
      stream.end();
    }
    if (feed != null) {
      feed.close();
    }
    if (entry != null) {
      presences.tracker().end(entry, departure);
      entry = null;
    }
  }
}
