package org.rollcall.channel;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.ChannelSettings;
import org.rollcall.config.LimitSettings;
import org.rollcall.identity.PlainText;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.User;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.protocol.Reason;
import org.rollcall.social.Visibility;

/** Knows which topic is what kind of channel, and who may join it. Safe for many threads. */
public final class ChannelRouter implements Routes {
  private static final String USER = "user:";
  private static final String USER_PRESENCE = "user_presence:";

  private final ChannelSettings settings;
  private final Presences presences;
  private final CountAdmission admission;
  private final Circles circles;
  private final Wishes wishes;

  /**
   * The parts that channels of presence need.
   *
   * @param tracker tracks who is here
   * @param visibility decides who is shown to whom
   * @param tokens verifies tokens that come with a join
   * @param clock dates {@code online_at}
   * @param lengths how long the meta that a client gives may be
   */
  public record Presences(
      Tracker tracker,
      Visibility visibility,
      Tokens tokens,
      InstantSource clock,
      LimitSettings.Lengths lengths) {}

  /**
   * Creates a router.
   *
   * @param admission lets clients onto counts
   * @param threads run what has to wait for a source of friends or for rules
   */
  public ChannelRouter(
      ChannelSettings settings, Presences presences, CountAdmission admission, Threads threads) {
    this.settings = settings;
    this.presences = presences;
    this.admission = admission;
    this.circles = new Circles(presences.visibility(), threads.asking());
    int rate = settings.limits().rates().visibility();
    this.wishes = new Wishes(presences.visibility().rules(), rate, threads);
  }

  @Override
  public @Nullable Channel open(String topic, Optional<User> user) {
    if (!isName(topic)) {
      return null;
    }
    if (topic.startsWith(USER)) {
      return user.filter(known -> topic.equals(USER + known.id()))
          .<Channel>map(known -> new UserChannel(known, presences, circles, wishes))
          .orElse(new RefusedChannel(Reason.UNAUTHORIZED));
    }
    if (topic.startsWith(USER_PRESENCE)) {
      return new RefusedChannel(Reason.UNAUTHORIZED);
    }
    if (settings.isRoom(topic)) {
      return user.<Channel>map(known -> new RoomChannel(known, new Topic(topic), presences))
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

  /** Forgets what is not needed any more. Called every second. */
  public void check() {
    wishes.check();
  }

  /** Returns how many users' changes of visibility are remembered, for their rate. */
  public int wishing() {
    return wishes.size();
  }

  private boolean isName(String topic) {
    return PlainText.isTopic(topic, settings.limits().lengths().topic());
  }
}
