package org.rollcall.channel;

import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Reply;

/** A topic that this socket may not join. */
record RefusedChannel(Reason reason) implements Channel {
  @Override
  public void join(Slot slot, Message request) {
    slot.refuse(reason.payload());
  }

  @Override
  public Reply receive(Message message) {
    return message.error(reason.payload());
  }

  @Override
  public void stop() {}
}
