package org.rollcall.start;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rollcall.channel.Sockets;
import org.rollcall.identity.Logout;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Rules;

/**
 * Carries out on this node what ends somebody's presence at once: a wish, a block, a log-out.
 *
 * <p>Called by workers; may wait for the store.
 */
final class Evictions {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Tracker tracker;
  private final Sockets sockets;
  private final Rules rules;
  private final NodeThreads threads;

  Evictions(Tracker tracker, Sockets sockets, Rules rules, NodeThreads threads) {
    this.tracker = tracker;
    this.sockets = sockets;
    this.rules = rules;
    this.threads = threads;
  }

  /** Is told of each user about whom a rule has changed. */
  void rulesChanged(String user) {
    boolean blocked = rules.isBlocked(user);
    if (blocked) {
      sockets.disconnect(user);
    } else {
      sockets.rulesChanged(user);
    }
    if (blocked || rules.isHidden(user)) {
      endLingering(user);
    }
  }

  /** Is told of log-outs after they were noted: whoever is closed and comes back is not let in. */
  void logOut(List<Logout> ended) {
    Set<String> users = new HashSet<>();
    for (Logout logout : ended) {
      users.addAll(sockets.logOut(logout));
      // Also where none of the sockets was: of lost ones nobody knows the session any more.
      logout.user().ifPresent(users::add);
    }
    users.forEach(this::endLingering);
  }

  private void endLingering(String user) {
    tracker.endLingering(user);
    // Again, for a connection that was being lost meanwhile.
    threads.later(
        () -> threads.threads().workers().execute(() -> tracker.endLingering(user)), AGAIN);
  }
}
