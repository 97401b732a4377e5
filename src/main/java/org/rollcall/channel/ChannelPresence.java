package org.rollcall.channel;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Liveness;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.socket.Channel;
import org.rollcall.socket.MetaPayload;
import org.rollcall.socket.Outbox;

/**
 * The presence of one channel: its view of others, and its own entry, which is tracked once.
 *
 * <p>While the user is visible to nobody, the entry is on the veiled topic, to which no one else
 * subscribes: an entry that is not there cannot be shown by mistake, on any path.
 *
 * <p>Called by one worker at a time.
 */
final class ChannelPresence {
  private final TopicRouter.Presences presences;
  private final String key;
  private final Topic own;
  private String given = "";
  private @Nullable PresenceFeed feed;
  private Outbox.@Nullable Stream stream;
  private @Nullable TrackedEntry entry;
  private boolean veiled;

  /**
   * Creates one that does nothing yet.
   *
   * @param key the key to be tracked under: the user's id
   * @param own the topic to be tracked on
   */
  ChannelPresence(TopicRouter.Presences presences, String key, Topic own) {
    this.presences = presences;
    this.key = key;
    this.own = own;
  }

  /** Takes the client's part of the meta, or JSON null. */
  void prepare(JsonValue meta) throws MetaPayload.InvalidMeta {
    given = MetaPayload.members(meta, presences.lengths());
  }

  /**
   * Sends the state of some topics and their diffs from then on, and tracks the own entry.
   *
   * @param watched the topics whose states and diffs are sent
   * @param push sends a diff on a stream of the channel
   */
  void begin(
      Channel channel, Collection<Topic> watched, BiConsumer<Outbox.Stream, PresenceDiff> push) {
    Outbox.Stream out = channel.stream(this::restate);
    stream = out;
    feed =
        new PresenceFeed(
            presences.tracker(),
            state -> out.state(channel.push(Events.PRESENCE_STATE, state)),
            diff -> {
              channel.socket().traffic().diff();
              push.accept(out, diff);
            });
    feed.open(withVeiledTopics(watched), presences.visibility().viewerFilter(key));
    veiled = isHidden();
    track(channel);
  }

  private Set<Topic> withVeiledTopics(Collection<Topic> watched) {
    Set<Topic> all = new HashSet<>(watched);
    all.add(own.veiled(key));
    return all;
  }

  private boolean isHidden() {
    return presences.visibility().rules().isHidden(key);
  }

  private void track(Liveness liveness) {
    long now = presences.clock().instant().getEpochSecond();
    Topic topic = veiled ? own.veiled(key) : own;
    entry = presences.tracker().track(topic, key, Meta.of(now, given), liveness);
  }

  /**
   * Applies a change of the watched topics or of the rules: sends the difference to the client, and
   * hides or shows its own entry.
   */
  void look(Liveness liveness, Collection<Topic> watched) {
    if (feed != null) {
      feed.show(withVeiledTopics(watched), presences.visibility().viewerFilter(key));
    }
    lookAtEntry(liveness);
  }

  /** Applies a change of the rules to the topics that are watched already. */
  void look(Liveness liveness) {
    if (feed != null) {
      feed.show(presences.visibility().viewerFilter(key));
    }
    lookAtEntry(liveness);
  }

  private void lookAtEntry(Liveness liveness) {
    if (entry != null && veiled != isHidden()) {
      veiled = !veiled;
      entry.end(LeaveReason.LEFT);
      // With a new time of arrival: others must not see since when the user was here unseen.
      track(liveness);
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
  void receive(Channel channel, Message message) {
    @Nullable TrackedEntry tracked = entry;
    @Nullable JsonObject changed = message.object();
    if (tracked == null || !message.event().equals(Events.UPDATE)) {
      channel.reply(message.error(Reason.UNKNOWN_EVENT.payload("expected update")));
    } else if (changed == null) {
      channel.reply(message.error(Reason.INVALID_META.payload("expected an object")));
    } else {
      update(channel, message, tracked, changed);
    }
  }

  private void update(Channel channel, Message message, TrackedEntry tracked, JsonObject changed) {
    try {
      given = MetaPayload.members(changed, presences.lengths());
      Meta meta = tracked.meta().with(given);
      channel.reply(message.ok("{\"phx_ref\":" + Json.quote(meta.ref()) + "}"));
      tracked.update(meta);
      channel.socket().traffic().updated();
    } catch (MetaPayload.InvalidMeta e) {
      channel.reply(message.error(Reason.INVALID_META.payload(e.sentence())));
    }
  }

  /** Ends the view, and the entry after the grace that the reason has. */
  void stop(LeaveReason leaveReason) {
    try {
      if (stream != null) {
        stream.end();
      }
      if (feed != null) {
        feed.close();
      }
    } finally {
      end(leaveReason);
    }
  }

  private void end(LeaveReason leaveReason) {
    if (entry != null) {
      // The entry of a user who has just hidden must not linger for others.
      boolean late = !veiled && isHidden();
      entry.end(late ? LeaveReason.LEFT : leaveReason);
      entry = null;
    }
  }
}
