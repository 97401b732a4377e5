package org.rollcall.channel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.identity.User;
import org.rollcall.presence.Departure;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;

/**
 * A user's private channel {@code user:<id>}: the merged state of all friends and oneself, then
 * their diffs, and nothing of anyone else.
 *
 * <p>The user is tracked once for each connection, on {@code user_presence:<id>}, whatever the
 * number of friends. Diffs come as broadcasts on {@code user_presence:<friend>}, or on this
 * channel's own topic if the join says {@code {"diffs":"channel"}}.
 */
final class UserChannel implements Channel {
  private final User user;
  private final Circles circles;
  private final Attendance attendance;

  UserChannel(User user, ChannelRouter.Presences presences, Circles circles) {
    this.user = user;
    this.circles = circles;
    this.attendance = new Attendance(presences, user.id());
  }

  @Override
  public void join(Slot slot, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta {
    JoinPayload payload = JoinPayload.of(request);
    boolean diffsOnChannel = payload.diffsOnChannel();
    attendance.prepare(payload.meta());
    circles.ask(
        user, slot.socket(), circle -> slot.guard(() -> answer(slot, circle, diffsOnChannel)));
  }

  private void answer(Slot slot, Optional<Set<String>> circle, boolean diffsOnChannel) {
    if (circle.isEmpty()) {
      slot.refuse(Reason.FRIENDS_UNAVAILABLE.payload());
    } else if (slot.accept()) {
      List<Topic> topics = circle.get().stream().map(Topic::ofUser).toList();
      attendance.begin(slot, topics, Topic.ofUser(user.id()), text(slot, diffsOnChannel));
      slot.catchUp();
    }
  }

  private static Function<PresenceDiff, String> text(Slot slot, boolean diffsOnChannel) {
    Serializer serializer = slot.socket().serializer();
    if (!diffsOnChannel) {
      return diff -> Rendered.of(diff).broadcast(serializer);
    }
    return diff ->
        serializer.encode(
            new Broadcast(slot.topic(), Events.PRESENCE_DIFF, Rendered.of(diff).payload()));
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
