package org.rollcall.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.rollcall.identity.User;

/**
 * The users whose connections were lost a short while ago, and their log-ins: entries do not say
 * it, and a log-out may name nothing but the session.
 *
 * <p>Safe for many threads; no call blocks. The time is a parameter, in nanoseconds.
 */
final class RecentlyLost {
  private static final int MOST = 20_000;

  private final long keptNanos;
  private final Deque<Loss> losses = new ArrayDeque<>(0);

  private record Loss(User user, long nanos) {}

  /**
   * Creates one that knows nobody.
   *
   * @param kept how long losses are remembered: the latest 20,000 of them
   */
  RecentlyLost(Duration kept) {
    this.keptNanos = kept.toNanos();
  }

  /** Remembers a loss, unless no session could be named to end what is left of it. */
  synchronized void add(User user, long now) {
    forget(now);
    if (keptNanos > 0 && user.session().isPresent()) {
      if (losses.size() == MOST) {
        losses.remove();
      }
      // No more of the user than what tells log-ins apart.
      User known = new User(user.id(), Optional.empty(), Set.of(), Optional.empty(), user.grant());
      losses.add(new Loss(known, now));
    }
  }

  /** Returns the ids of the users who lost a connection and match. */
  synchronized Set<String> users(Predicate<User> meant, long now) {
    forget(now);
    Set<String> users = new HashSet<>();
    losses.stream().map(Loss::user).filter(meant).forEach(user -> users.add(user.id()));
    return users;
  }

  /** Forgets what is too long ago. Called now and then. */
  synchronized void forget(long now) {
    for (Loss oldest = losses.peek();
        oldest != null && now - oldest.nanos() > keptNanos;
        oldest = losses.peek()) {
      losses.remove();
    }
  }
}
