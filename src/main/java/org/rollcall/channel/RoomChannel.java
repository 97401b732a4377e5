package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import org.rollcall.config.ChannelSettings;
import org.rollcall.identity.User;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.socket.Channel;
import org.rollcall.socket.ChannelHandler;
import org.rollcall.socket.JoinPayload;
import org.rollcall.socket.MetaPayload;
import org.rollcall.socket.Traffic;

/** A room, Phoenix's own use of presence: everyone on the topic sees everyone on it. */
final class RoomChannel implements ChannelHandler {
  private final Topic topic;
  private final User user;
  private final RoomLookup roomLookup;
  private final Tracker tracker;
  private final int limit;
  private final ChannelPresence channelPresence;

  /**
   * Creates the channel of one connection.
   *
   * @param limit how many connections may be in the room
   */
  RoomChannel(
      User user, Topic topic, TopicRouter.Presences presences, RoomLookup roomLookup, int limit) {
    this.topic = topic;
    this.user = user;
    this.roomLookup = roomLookup;
    this.tracker = presences.tracker();
    this.limit = limit;
    this.channelPresence = new ChannelPresence(presences, user.id(), topic);
  }

  @Override
  public void join(Channel channel, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta {
    channelPresence.prepare(JoinPayload.of(request).meta());
    roomLookup.ask(user, channel, allowed -> answer(channel, allowed));
  }

  private void answer(Channel channel, Optional<Boolean> allowed) {
    if (allowed.isEmpty()) {
      channel.refuseLate(Reason.JOIN_CRASHED.payload());
    } else if (!allowed.get()) {
      channel.refuseLate(Reason.UNAUTHORIZED.payload());
    } else if (isFull()) {
      channel.refuseLate(
          Reason.ROOM_FULL.payload(
              "expected fewer than "
                  + limit
                  + " connections in the room ("
                  + ChannelSettings.ROOM_LIMIT
                  + ")"));
    } else if (channel.accept()) {
      channelPresence.begin(
          channel, Set.of(topic), (stream, diff) -> ChannelDiff.push(channel, stream, diff));
    }
  }

  /** Joins that come within a moment may exceed the limit: an entry is counted once it is shown. */
  private boolean isFull() {
    return tracker.size(topic) >= limit
        && !tracker.isPresent(topic, user.id())
        && !tracker.isPresent(topic.veiled(user.id()), user.id());
  }

  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.ROOM;
  }

  @Override
  public void rulesChanged(Channel channel) {
    channelPresence.look(channel);
  }

  @Override
  public void receive(Channel channel, Message message) {
    channelPresence.receive(channel, message);
  }

  @Override
  public void stop(LeaveReason leaveReason) {
    channelPresence.stop(leaveReason);
  }
}
