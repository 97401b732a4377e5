package org.rollcall.channel;

import org.rollcall.presence.Departure;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;

/** A topic that this socket may not join. */
record RefusedChannel(Reason reason) implements Channel {
  /** Nobody joins it, so nothing is counted. */
  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.ROOM;
  }

  @Override
  public void join(Slot slot, Message request) {
    slot.refuseLate(reason.payload());
  }

  @Override
  public void receive(Slot slot, Message message) {
    slot.reply(message.error(reason.payload()));
  }

  @Override
  public void stop(Departure departure) {}
}
