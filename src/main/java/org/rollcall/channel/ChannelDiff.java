package org.rollcall.channel;

import org.jspecify.annotations.Nullable;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.Channel;
import org.rollcall.socket.Outbox;
import org.rollcall.socket.WaitingDiff;

/**
 * A diff of any of the topics that a channel watches, sent on the channel itself. Diffs that wait
 * become one.
 *
 * <p>Used by one thread at a time: under the outbox's lock while it waits, then by the thread that
 * sends it.
 */
final class ChannelDiff implements WaitingDiff {
  /** What a frame has beside its payload and its topic, and some more. */
  private static final int REST = 64;

  /**
   * Diffs of more bytes together stay frames of their own: the members of a room share their texts.
   */
  private static final int MOST_BYTES = 16_384;

  private final Channel channel;
  private final PresenceDiff first;
  private int size;

  /** All changes, once there are others than those of the first diff. */
  private @Nullable NetChanges net;

  private ChannelDiff(Channel channel, PresenceDiff diff) {
    this.channel = channel;
    this.first = diff;
    this.size = Rendered.of(diff).size() + channel.topic().length() + REST;
  }

  /** Sends a diff on a channel's stream. */
  static void push(Channel channel, Outbox.Stream stream, PresenceDiff diff) {
    stream.push(new ChannelDiff(channel, diff));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String text() {
    Serializer serializer = channel.socket().serializer();
    if (net == null && first.topic().name().equals(channel.topic())) {
      return Rendered.of(first).broadcast(serializer);
    }
    String payload =
        net == null ? Rendered.of(first).payload() : PresencePayload.diff(net.changes());
    return serializer.encode(new Broadcast(channel.topic(), Events.PRESENCE_DIFF, payload));
  }

  @Override
  public boolean add(WaitingDiff next) {
    if (!(next instanceof ChannelDiff other) || size + other.size > MOST_BYTES) {
      return false;
    }
    if (net == null) {
      net = new NetChanges();
      net.add(first.changes());
    }
    net.add(other.first.changes());
    size += other.size;
    return true;
  }

  @Override
  public boolean isEmpty() {
    return net != null && net.isEmpty();
  }
}
