package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.identity.User;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;
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
  private final ChannelPresence channelPresence;

  RoomChannel(User user, Topic topic, TopicRouter.Presences presences, RoomLookup roomLookup) {
    this.topic = topic;
    this.user = user;
    this.roomLookup = roomLookup;
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
    } else if (channel.accept()) {
      Serializer serializer = channel.socket().serializer();
      channelPresence.begin(
          channel, Set.of(topic), diff -> Rendered.of(diff).broadcast(serializer));
    }
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
