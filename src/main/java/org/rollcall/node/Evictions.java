package org.rollcall.node;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.SocketRegistry;

/**
 * Ends on this node the presence of users at once: because of a rule, an administrator's command or
 * a log-out.
 *
 * <p>Called by threads that may wait; no call blocks.
 */
final class Evictions {
  private final Tracker tracker;
  private final SocketRegistry sockets;
  private final VisibilityRules rules;
  private final EvictionTraces traces;

  Evictions(Tracker tracker, SocketRegistry sockets, VisibilityRules rules, EvictionTraces traces) {
    this.tracker = tracker;
    this.sockets = sockets;
    this.rules = rules;
    this.traces = traces;
  }

  /** Is told of users about whom a rule has changed, up to some hundred at a time. */
  void rulesChanged(Set<String> users) {
    // First: they are told nothing more.
    tellSockets(users);
    CompletableFuture<Void> unused = conceal(users);
    if (users.stream().anyMatch(user -> rules.isBlocked(user) || rules.isHidden(user))) {
      traces.look();
    }
  }

  /**
   * Has lists and diffs show of users what the rules allow by now.
   *
   * @return what is complete when they do
   */
  CompletableFuture<Void> conceal(Collection<String> users) {
    return tracker.lookAgain(Set.copyOf(users));
  }

  /** Closes the sockets of users who are blocked, and has the others' follow the rules. */
  void tellSockets(Collection<String> users) {
    users.stream().filter(rules::isBlocked).forEach(sockets::disconnect);
    users.stream().filter(user -> !rules.isBlocked(user)).forEach(sockets::rulesChanged);
  }

  /** Is told that an administrator ends all that a user has here now. */
  void disconnect(String user) {
    sockets.disconnect(user);
    // Also where none of the sockets was: what lingers may be of a node that is gone.
    traces.ended(user, tracker.tools().clock().instant());
  }

  /**
   * Called for log-outs after they were recorded: a user who is closed and comes back is not let
   * in.
   */
  void logOut(List<Logout> ended) {
    for (Logout logout : ended) {
      Set<String> users = new HashSet<>(sockets.logOut(logout));
      // Also where none of the sockets was: what lingers may be of a node that is gone.
      logout.user().ifPresent(users::add);
      users.forEach(user -> traces.ended(user, logout.at()));
    }
  }
}
