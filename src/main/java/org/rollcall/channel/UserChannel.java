package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.rollcall.channel.PresencePayload.Rendered;
import org.rollcall.identity.User;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.Channel;
import org.rollcall.socket.ChannelHandler;
import org.rollcall.socket.JoinPayload;
import org.rollcall.socket.MetaPayload;
import org.rollcall.socket.Outbox;
import org.rollcall.socket.Traffic;

/**
 * A user's private channel {@code user:<id>}: the merged state of all friends and oneself, then
 * their diffs, and nothing of anyone else.
 *
 * <p>The user is tracked once for each connection, on {@code user_presence:<id>}, whatever the
 * number of friends. Diffs come as broadcasts on {@code user_presence:<friend>}, or on this
 * channel's own topic if the join says {@code {"diffs":"channel"}}.
 */
final class UserChannel implements ChannelHandler {
  private final User user;

  /** The same user, as described by the token that the friends are asked for with. */
  private User asking;

  private final FriendLookup friendLookup;
  private final ChannelPresence channelPresence;
  private final TopicRouter.Presences presences;
  private final VisibilityRequests requests;

  UserChannel(
      User user,
      TopicRouter.Presences presences,
      FriendLookup friendLookup,
      VisibilityRequests requests) {
    this.user = user;
    this.asking = user;
    this.friendLookup = friendLookup;
    this.channelPresence = new ChannelPresence(presences, user.id(), Topic.ofUser(user.id()));
    this.presences = presences;
    this.requests = requests;
  }

  @Override
  public void join(Channel channel, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta {
    JoinPayload payload = JoinPayload.of(request);
    boolean diffsOnChannel = payload.diffsOnChannel();
    channelPresence.prepare(payload.meta());
    Optional<User> named = named(payload.token());
    if (named.isEmpty()) {
      channel.refuseLate(Reason.UNAUTHORIZED.payload());
      return;
    }
    asking = named.get();
    friendLookup.ask(
        asking,
        channel.socket(),
        visible -> channel.guard(() -> answer(channel, visible, diffsOnChannel)));
  }

  /**
   * Returns the user with the friends that the join's token names, as all of them may be too many
   * for a handshake; nobody if the token is wrong or another user's.
   */
  private Optional<User> named(Optional<String> token) {
    if (token.isEmpty() || !presences.visibility().standsInTokens()) {
      return Optional.of(user);
    }
    return presences.verifier().verify(token.get()).filter(known -> known.id().equals(user.id()));
  }

  private void answer(Channel channel, Optional<Set<String>> visible, boolean diffsOnChannel) {
    if (visible.isEmpty()) {
      channel.refuseLate(Reason.FRIENDS_UNAVAILABLE.payload());
    } else if (channel.accept()) {
      channelPresence.begin(channel, topics(visible.get()), push(channel, diffsOnChannel));
    }
  }

  private static Set<Topic> topics(Set<String> visible) {
    return visible.stream().map(Topic::ofUser).collect(Collectors.toSet());
  }

  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.USER;
  }

  @Override
  public void rulesChanged(Channel channel) {
    channelPresence.look(channel);
  }

  @Override
  public void friendsChanged(Channel channel, Executor threads) {
    friendLookup.ask(
        this.asking,
        channel.socket(),
        threads,
        visible -> channel.changed((handler, same) -> renew(same, visible)));
  }

  private void renew(Channel channel, Optional<Set<String>> visible) {
    if (visible.isEmpty()) {
      // The user's friends are not known any more: the client joins again until it is.
      throw new IllegalStateException("The friends of a user cannot be found out again");
    }
    channelPresence.look(channel, topics(visible.get()));
  }

  private static BiConsumer<Outbox.Stream, PresenceDiff> push(
      Channel channel, boolean diffsOnChannel) {
    if (diffsOnChannel) {
      return (stream, diff) -> ChannelDiff.push(channel, stream, diff);
    }
    Serializer serializer = channel.socket().serializer();
    return (stream, diff) -> stream.push(Rendered.of(diff).broadcast(serializer));
  }

  @Override
  public void receive(Channel channel, Message message) {
    if (message.event().equals(Events.VISIBILITY)) {
      changeVisibility(channel, message);
    } else {
      channelPresence.receive(channel, message);
    }
  }

  /** The answer always comes by the mailbox: else it could overtake that of an earlier request. */
  private void changeVisibility(Channel channel, Message message) {
    Message asked = message.withoutPayload();
    try {
      VisibilityRequest request =
          VisibilityRequest.of(message.object(), presences.clock().instant());
      requests.add(
          user.id(),
          request,
          outcome ->
              channel
                  .socket()
                  .mailbox()
                  .execute(
                      () ->
                          channel.changed(
                              (handler, same) -> answer(channel, asked, request, outcome))));
    } catch (VisibilityRequest.InvalidRequest e) {
      channel.reply(message.error(Reason.INVALID_PAYLOAD.payload(e.sentence())));
    }
  }

  private void answer(
      Channel channel,
      Message asked,
      VisibilityRequest request,
      VisibilityRequests.Outcome outcome) {
    channel.reply(
        switch (outcome) {
          case HOLDS -> asked.ok(request.answer());
          case TOO_SOON -> asked.error(requests.tooSoon());
          case UNAVAILABLE -> asked.error(Reason.VISIBILITY_UNAVAILABLE.payload());
        });
    channelPresence.look(channel);
  }

  @Override
  public void stop(LeaveReason leaveReason) {
    channelPresence.stop(leaveReason);
  }
}
