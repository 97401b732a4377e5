package org.rollcall.socket;

import org.rollcall.presence.LeaveReason;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;

/** A topic that this socket may not join. */
public record RefusedChannel(Reason reason) implements ChannelHandler {
  /** The topic is never joined, so nothing is counted. */
  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.ROOM;
  }

  @Override
  public void join(Channel channel, Message request) {
    channel.refuseLate(reason.payload());
  }

  @Override
  public void receive(Channel channel, Message message) {
    channel.reply(message.error(reason.payload()));
  }

  @Override
  public void stop(LeaveReason leaveReason) {}
}
