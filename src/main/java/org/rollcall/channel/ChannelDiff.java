package org.rollcall.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.socket.Channel;
import org.rollcall.socket.Outbox;
import org.rollcall.socket.WaitingDiff;

/**
 * A diff of any of the topics that a channel watches, sent on the channel itself. Diffs that wait
 * become one.
 *
 * <p>Immutable. Safe for many threads.
 */
final class ChannelDiff implements WaitingDiff {
  /** What a frame has beside its payload and its topic, and some more. */
  private static final int REST = 64;

  /** A diff of more characters takes no other. */
  private static final int MOST_CHARACTERS = 16_384;

  private final Channel channel;
  private final List<PresenceDiff.Change> changes;
  private final int length;

  /** The payload, if it is made already. */
  private final @Nullable String payload;

  private ChannelDiff(
      Channel channel, List<PresenceDiff.Change> changes, int length, @Nullable String payload) {
    this.channel = channel;
    this.changes = changes;
    this.length = length;
    this.payload = payload;
  }

  /** Sends a diff on a channel's stream. */
  static void push(Channel channel, Outbox.Stream stream, PresenceDiff diff) {
    String payload = Rendered.of(diff).payload();
    int length = payload.length() + channel.topic().length() + REST;
    stream.push(new ChannelDiff(channel, diff.changes(), length, payload));
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public String text() {
    String shown = payload == null ? PresencePayload.diff(changes) : payload;
    Broadcast broadcast = new Broadcast(channel.topic(), Events.PRESENCE_DIFF, shown);
    return channel.socket().serializer().encode(broadcast);
  }

  @Override
  public @Nullable WaitingDiff with(WaitingDiff next) {
    if (length > MOST_CHARACTERS || !(next instanceof ChannelDiff other)) {
      return null;
    }
    List<PresenceDiff.Change> both = NetChanges.of(changes, other.changes);
    return new ChannelDiff(channel, both, length + other.length, null);
  }

  @Override
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
