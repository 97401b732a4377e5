package org.rollcall.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.rollcall.FriendSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.friends.FriendDirectory;
import org.rollcall.social.friends.FriendLimit;

/** The application's bean as the source of friends (setting {@code rollcall.friends=cdi}). */
public final class ApplicationFriends implements FriendDirectory {
  private static final Logger LOG = System.getLogger(ApplicationFriends.class.getName());

  private final FriendSource bean;
  private final ApplicationCalls calls;
  private final FriendSettings.Limits limits;

  /** Creates one that asks a bean. */
  public ApplicationFriends(
      FriendSource bean, ApplicationCalls calls, FriendSettings.Limits limits) {
    this.bean = bean;
    this.calls = calls;
    this.limits = limits;
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    try {
      return calls.call(() -> ask(userId), limits.timeout());
    } catch (TimeoutException e) {
      throw new FriendsUnavailable(
          "The application's FriendSource: expected an answer within "
              + limits.timeout()
              + " (rollcall.friends.timeout)",
          e);
    } catch (ExecutionException e) {
      LOG.log(Level.DEBUG, "The application's FriendSource failed", e.getCause());
      throw new FriendsUnavailable("The application's FriendSource failed: " + e.getCause(), e);
    }
  }

  /** Copies the answer on the bean's own thread: a set may load its elements as it is read. */
  private Set<String> ask(String userId) throws FriendsUnavailable {
    Set<String> answer = bean.friends(userId);
    if (answer == null) {
      throw new FriendsUnavailable("expected a set of ids, but got null", null);
    }
    if (answer.size() > limits.friends()) {
      throw new FriendLimit(limits.friends()).exceeded();
    }
    return Set.copyOf(answer);
  }
}
