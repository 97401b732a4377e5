package org.rollcall.identity.logout;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.User;

/**
 * The log-outs that one node knows: the latest ones, limited in number and time.
 *
 * <p>The latest by the time of the log-out, not of its arrival, so that all nodes drop the same
 * ones. Safe for many threads; no call blocks.
 */
final class LogoutIndex {
  private final int most;
  private final Duration life;
  private final Map<String, Logout> known = new HashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<String, Logout> latest = new HashMap<>();
  private final NavigableSet<Logout> byAge =
      new TreeSet<>(Comparator.comparing(Logout::at).thenComparing(Logout::id));

  LogoutIndex(int most, Duration life) {
    this.most = most;
    this.life = life;
  }

  /** Adds a log-out. Returns whether it is new, and not so old that it is forgotten at once. */
  synchronized boolean note(Logout logout, Instant now) {
    if (known.putIfAbsent(logout.id(), logout) != null) {
      return false;
    }
    byAge.add(logout);
    names(logout).forEach(name -> latest.merge(name, logout, LogoutIndex::later));
    forget(now);
    return known.containsKey(logout.id());
  }

  private static Logout later(Logout one, Logout other) {
    return other.at().isBefore(one.at()) ? one : other;
  }

  private void forget(Instant now) {
    while (!byAge.isEmpty()
        && (byAge.size() > most || !byAge.first().at().plus(life).isAfter(now))) {
      Logout eldest = byAge.pollFirst();
      known.remove(eldest.id());
      settled.remove(eldest.id());
      names(eldest).forEach(name -> latest.remove(name, eldest));
    }
  }

  /** Returns the log-out of a name, if it is known. */
  synchronized Optional<Logout> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Returns all log-outs, the eldest first. */
  synchronized List<Logout> all(Instant now) {
    forget(now);
    return List.copyOf(byAge);
  }

  /** Notes that this node has sent a log-out to every node. */
  synchronized void settle(Logout logout) {
    if (known.containsKey(logout.id())) {
      settled.add(logout.id());
    }
  }

  /** Returns whether this node has sent a log-out to every node. */
  synchronized boolean isSettled(String id) {
    return settled.contains(id);
  }

  /** Returns whether the log-in that a user is connected with has ended. */
  synchronized boolean hasEnded(User user) {
    Stream<String> own =
        user.session().isPresent()
            ? user.session().map(LogoutIndex::session).stream()
            : people(Optional.of(user.id()), user.subject()).map(LogoutIndex::some);
    Stream<String> all = people(Optional.of(user.id()), user.subject()).map(LogoutIndex::all);
    return Stream.concat(own, all)
        .map(latest::get)
        .anyMatch((@Nullable Logout logout) -> logout != null && logout.ends(user));
  }

  /** Returns the names of the sessions, users and subjects that a log-out is about. */
  private static List<String> names(Logout logout) {
    boolean one = logout.session().isPresent();
    return Stream.concat(
            logout.session().map(LogoutIndex::session).stream(),
            people(logout.user(), logout.subject()).map(user -> one ? some(user) : all(user)))
        .toList();
  }

  /** Returns the names of one user: the own one, and the issuer's. */
  private static Stream<String> people(Optional<String> user, Optional<String> subject) {
    return Stream.concat(
        user.map(name -> "user " + name).stream(), subject.map(name -> "subject " + name).stream());
  }

  private static String session(String name) {
    return "session " + name;
  }

  private static String some(String user) {
    return "some " + user;
  }

  private static String all(String user) {
    return "all " + user;
  }
}
