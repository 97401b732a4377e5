package org.rollcall.channel;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.RoomAccess;
import org.rollcall.config.ChannelSettings;
import org.rollcall.config.LimitSettings;
import org.rollcall.identity.TextRules;
import org.rollcall.identity.User;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.protocol.Reason;
import org.rollcall.social.Visibility;
import org.rollcall.socket.ChannelHandler;
import org.rollcall.socket.ChannelRouter;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.socket.RefusedChannel;

/** Decides which kind of channel a topic has, and who may join it. Safe for many threads. */
public final class TopicRouter implements ChannelRouter {
  private static final String USER = "user:";
  private static final String USER_PRESENCE = "user_presence:";

  private final ChannelSettings settings;
  private final Presences presences;
  private final CountAdmission admission;
  private final FriendLookup friendLookup;
  private final RoomLookup roomLookup;
  private final VisibilityRequests requests;

  /**
   * The parts that channels of presence need.
   *
   * @param tracker tracks who is here
   * @param visibility decides who is shown to whom
   * @param verifier verifies tokens that come with a join
   * @param clock dates {@code online_at}
   * @param lengths how long the meta that a client gives may be
   */
  public record Presences(
      Tracker tracker,
      Visibility visibility,
      TokenVerifier verifier,
      InstantSource clock,
      LimitSettings.Lengths lengths) {}

  /**
   * Creates a router.
   *
   * @param admission lets clients onto counts
   * @param rooms decides who may join rooms; without it all users
   * @param executors run what has to wait for a source of friends, for rules or for that decision
   */
  public TopicRouter(
      ChannelSettings settings,
      Presences presences,
      CountAdmission admission,
      Optional<RoomAccess> rooms,
      NodeExecutors executors) {
    this.settings = settings;
    this.presences = presences;
    this.admission = admission;
    this.friendLookup = new FriendLookup(presences.visibility(), executors.asking());
    this.roomLookup = new RoomLookup(rooms, executors.asking());
    int rate = settings.limits().rates().visibility();
    this.requests = new VisibilityRequests(presences.visibility().rules(), rate, executors);
  }

  @Override
  public @Nullable ChannelHandler open(String topic, Optional<User> user) {
    if (!isName(topic)) {
      return null;
    }
    if (topic.startsWith(USER)) {
      return user.filter(known -> topic.equals(USER + known.id()))
          .<ChannelHandler>map(known -> new UserChannel(known, presences, friendLookup, requests))
          .orElse(new RefusedChannel(Reason.UNAUTHORIZED));
    }
    if (topic.startsWith(USER_PRESENCE)) {
      return new RefusedChannel(Reason.UNAUTHORIZED);
    }
    if (settings.isRoom(topic)) {
      return user.<ChannelHandler>map(
              known ->
                  new RoomChannel(
                      known, new Topic(topic), presences, roomLookup, settings.rooms().limit()))
          .orElse(new RefusedChannel(Reason.UNAUTHORIZED));
    }
    if (settings.isCount(topic)) {
      return new CountChannel(user.isPresent(), admission);
    }
    return null;
  }

  @Override
  public Reason refusal(String topic) {
    return isName(topic) ? Reason.UNMATCHED_TOPIC : Reason.INVALID_TOPIC;
  }

  @Override
  public boolean friendsStandInTokens() {
    return presences.visibility().standsInTokens();
  }

  /** Drops the state of users that is not needed any more. Called every second. */
  public void check() {
    requests.check();
  }

  /** Returns how many users' changes of visibility are remembered, for their rate. */
  public int requesters() {
    return requests.size();
  }

  private boolean isName(String topic) {
    return TextRules.isTopic(topic, settings.limits().lengths().topic());
  }
}
