package org.rollcall.channel;

import java.util.Set;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.identity.User;
import org.rollcall.presence.Departure;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Serializer;

/** A room, Phoenix's own use of presence: everyone on the topic sees everyone on it. */
final class RoomChannel implements Channel {
  private final Topic topic;
  private final Attendance attendance;

  RoomChannel(User user, Topic topic, ChannelRouter.Presences presences) {
    this.topic = topic;
    this.attendance = new Attendance(presences, user.id(), topic);
  }

  @Override
  public void join(Slot slot, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta {
    attendance.prepare(JoinPayload.of(request).meta());
    if (slot.accept()) {
      Serializer serializer = slot.socket().serializer();
      attendance.begin(slot, Set.of(topic), diff -> Rendered.of(diff).broadcast(serializer));
    }
  }

  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.ROOM;
  }

  @Override
  public void rulesChanged(Slot slot) {
    attendance.look(slot, Set.of(topic));
  }

  @Override
  public void receive(Slot slot, Message message) {
    attendance.receive(slot, message);
  }

  @Override
  public void stop(Departure departure) {
    attendance.stop(departure);
  }
}
