package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /** The same user, as the token says it by which the friends are asked for. */
  private User asking;

  private final Circles circles;
  private final Attendance attendance;
  private final ChannelRouter.Presences presences;
  private final Wishes wishes;
  private Set<Topic> watched = Set.of();

  UserChannel(User user, ChannelRouter.Presences presences, Circles circles, Wishes wishes) {
    this.user = user;
    this.asking = user;
    this.circles = circles;
    this.attendance = new Attendance(presences, user.id(), Topic.ofUser(user.id()));
    this.presences = presences;
    this.wishes = wishes;
  }

  @Override
  public void join(Slot slot, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta {
    JoinPayload payload = JoinPayload.of(request);
    boolean diffsOnChannel = payload.diffsOnChannel();
    attendance.prepare(payload.meta());
    Optional<User> named = named(payload.token());
    if (named.isEmpty()) {
      slot.refuseLate(Reason.UNAUTHORIZED.payload());
      return;
    }
    asking = named.get();
    circles.ask(
        asking, slot.socket(), circle -> slot.guard(() -> answer(slot, circle, diffsOnChannel)));
  }

  /**
   * Returns the user with the friends that the join's token names, as all of them may be too many
   * for a handshake; nobody if the token is wrong or another user's.
   */
  private Optional<User> named(Optional<String> token) {
    if (token.isEmpty() || !presences.visibility().standsInTokens()) {
      return Optional.of(user);
    }
    return presences.tokens().verify(token.get()).filter(known -> known.id().equals(user.id()));
  }

  private void answer(Slot slot, Optional<Set<String>> circle, boolean diffsOnChannel) {
    if (circle.isEmpty()) {
      slot.refuseLate(Reason.FRIENDS_UNAVAILABLE.payload());
    } else if (slot.accept()) {
      watched = topics(circle.get());
      attendance.begin(slot, watched, text(slot, diffsOnChannel));
    }
  }

  private static Set<Topic> topics(Set<String> circle) {
    return circle.stream().map(Topic::ofUser).collect(Collectors.toSet());
  }

  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.USER;
  }

  @Override
  public void rulesChanged(Slot slot) {
    attendance.look(slot, watched);
  }

  @Override
  public void friendsChanged(Slot slot, Executor threads) {
    circles.ask(
        this.asking,
        slot.socket(),
        threads,
        circle -> slot.changed((channel, same) -> renew(same, circle)));
  }

  private void renew(Slot slot, Optional<Set<String>> circle) {
    if (circle.isEmpty()) {
      // The user's friends are not known any more: the client joins again until it is.
      throw new IllegalStateException("The friends of a user cannot be found out again");
    }
    watched = topics(circle.get());
    attendance.look(slot, watched);
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
    if (message.event().equals(Events.VISIBILITY)) {
      wish(slot, message);
    } else {
      attendance.receive(slot, message);
    }
  }

  /** The answer comes by the mailbox in any case, or it could overtake an earlier wish's. */
  private void wish(Slot slot, Message message) {
    Message asked = message.withoutPayload();
    try {
      VisibilityWish wish = VisibilityWish.of(message.object(), presences.clock().instant());
      wishes.add(
          user.id(),
          wish,
          outcome ->
              slot.socket()
                  .mailbox()
                  .execute(
                      () -> slot.changed((channel, same) -> answer(slot, asked, wish, outcome))));
    } catch (VisibilityWish.InvalidWish e) {
      slot.reply(message.error(Reason.INVALID_PAYLOAD.payload(e.sentence())));
    }
  }

  private void answer(Slot slot, Message asked, VisibilityWish wish, Wishes.Outcome outcome) {
    slot.reply(
        switch (outcome) {
          case HOLDS -> asked.ok(wish.answer());
          case TOO_SOON -> asked.error(wishes.tooSoon());
          case UNAVAILABLE -> asked.error(Reason.VISIBILITY_UNAVAILABLE.payload());
        });
    attendance.look(slot, watched);
  }

  @Override
  public void stop(Departure departure) {
    attendance.stop(departure);
  }
}
