package org.rollcall.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;
import org.rollcall.socket.SocketRegistry;

/**
 * Ends the presence of users on this node at once, because of a rule, an administrator's command or
 * a log-out. First the users' sockets are closed or follow the rules, then lingering entries end.
 *
 * <p>A look goes once through all entries, for all users together, and looks that are requested
 * meanwhile are one look. It is repeated each second for a while, for connections that were just
 * being lost. It is also repeated after each change of the view, for entries of a node that was not
 * known to be down, and for entries that state transfer has brought back.
 *
 * <p>Safe for many threads, which may wait; no call blocks, a worker looks.
 */
final class Evictions {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int LOOKS = 5;

  /** Longer than it takes to detect a dead node. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** By how much the clocks of two nodes may differ. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final int MOST_REMEMBERED = 10_000;

  private final Tracker tracker;
  private final SocketRegistry sockets;
  private final Visibility visibility;
  private final WorkerThreads tools;
  private final WorkQueue<Boolean> looks;
  private final AtomicInteger left = new AtomicInteger();
  private final Map<String, Instant> ended = new LinkedHashMap<>();

  /** Creates it, and hides from subscribers the entries that must not be seen. */
  Evictions(Tracker tracker, SocketRegistry sockets, Visibility visibility) {
    this.tracker = tracker;
    this.sockets = sockets;
    this.visibility = visibility;
    this.tools = tracker.tools();
    this.looks = new WorkQueue<>(tools.workers(), marks -> tracker.endLingering(this::mustEnd));
    tracker.conceal(this::isConcealed);
  }

  /** Applies changed rules about some users, up to some hundred at a time. */
  void rulesChanged(Set<String> users) {
    // First: these users get no more frames.
    tellSockets(users);
    CompletableFuture<Void> unused = conceal(users);
    if (users.stream().anyMatch(user -> isBlocked(user) || visibility.rules().isHidden(user))) {
      look();
    }
  }

  /**
   * Makes lists and diffs show only the entries of these users that the rules allow.
   *
   * @return completes when they do
   */
  CompletableFuture<Void> conceal(Collection<String> users) {
    return tracker.lookAgain(Set.copyOf(users));
  }

  /**
   * Closes the sockets of blocked users, and has the sockets of the other users follow the rules.
   */
  void tellSockets(Collection<String> users) {
    users.stream().filter(this::isBlocked).forEach(sockets::disconnect);
    users.stream().filter(user -> !isBlocked(user)).forEach(sockets::rulesChanged);
  }

  private boolean isBlocked(String user) {
    return visibility.rules().isBlocked(user);
  }

  /** Ends the sockets and lingering entries of a user, as an administrator ordered. */
  void disconnect(String user) {
    sockets.disconnect(user);
    // Even if none of the sockets was here: a lingering entry may be of a node that is down.
    end(user, tools.clock().instant());
  }

  /**
   * Carries out log-outs. Called after they were recorded, so that a user who comes back is
   * refused.
   */
  void logOut(List<Logout> ended) {
    for (Logout logout : ended) {
      Set<String> users = new HashSet<>(sockets.logOut(logout));
      // A log-out may name nothing but the session, and its connection may be lost already.
      users.addAll(tracker.keys(login -> login instanceof User user && logout.ends(user)));
      // Even if none of the sockets was here: a lingering entry may be of a node that is down.
      logout.user().ifPresent(users::add);
      users.forEach(user -> end(user, logout.at()));
    }
  }

  /**
   * Looks now, and again each second for a while. Called after a change of the rules or of the
   * view.
   */
  void look() {
    looks.mark(true);
    if (left.getAndSet(LOOKS) == 0) {
      tools.scheduler().run(this::again, AGAIN);
    }
  }

  private void again() {
    looks.mark(true);
    if (left.decrementAndGet() > 0) {
      tools.scheduler().run(this::again, AGAIN);
    }
  }

  /**
   * Ends the lingering entries of a user's connections that began before a moment. Does nothing for
   * a moment long ago, because all entries that linger now are newer.
   */
  private void end(String user, Instant at) {
    Instant now = tools.clock().instant();
    if (at.plus(REMEMBERED).isBefore(now)) {
      return;
    }
    synchronized (ended) {
      @Nullable Instant before = ended.remove(user);
      ended.put(user, before != null && before.isAfter(at) ? before : at);
      Iterator<Instant> all = ended.values().iterator();
      for (Instant oldest = all.next();
          ended.size() > MOST_REMEMBERED || oldest.plus(REMEMBERED).isBefore(now);
          oldest = all.next()) {
        all.remove();
      }
    }
    look();
  }

  private boolean isConcealed(PresenceEntry entry) {
    return visibility.conceals(entry.id().key(), entry.id().topic().isVeiled());
  }

  private boolean mustEnd(PresenceEntry entry) {
    return isConcealed(entry) || hasEnded(entry.id().key(), entry);
  }

  private boolean hasEnded(String user, PresenceEntry entry) {
    @Nullable Instant at;
    synchronized (ended) {
      at = ended.get(user);
    }
    if (at == null || at.plus(REMEMBERED).isBefore(tools.clock().instant())) {
      return false;
    }
    // A connection that was lost later may be another log-in's.
    Instant since =
        entry.isLost()
            ? Instant.ofEpochMilli(entry.lostAt())
            : Instant.ofEpochSecond(entry.meta().onlineAt());
    return !since.isAfter(at.plus(LEEWAY));
  }
}
