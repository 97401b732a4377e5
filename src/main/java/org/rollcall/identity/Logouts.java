package org.rollcall.identity;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log-outs that this node has heard of, so that nothing of an ended log-in is believed again.
 *
 * <p>The latest 50,000 are remembered, until the node ends: longer than any token of a minute and,
 * on most days, any session of the container. Safe for many threads; no call blocks.
 */
public final class Logouts {
  private static final int MOST = 50_000;

  private final Map<String, Logout> heard = new LinkedHashMap<>();
  private final Map<String, Logout> latest = new LinkedHashMap<>();

  /**
   * Takes notice of a log-out.
   *
   * @return false if this very one was noted before
   */
  public synchronized boolean note(Logout logout) {
    if (heard.putIfAbsent(logout.id(), logout) != null) {
      return false;
    }
    names(logout).forEach(name -> latest.merge(name, logout, Logouts::later));
    if (heard.size() > MOST) {
      Iterator<Logout> eldest = heard.values().iterator();
      Logout gone = eldest.next();
      eldest.remove();
      names(gone).forEach(name -> latest.remove(name, gone));
    }
    return true;
  }

  private static Logout later(Logout one, Logout other) {
    return other.at().isBefore(one.at()) ? one : other;
  }

  /** Tells whether a log-out was noted. */
  public synchronized boolean isNoted(String id) {
    return heard.containsKey(id);
  }

  /** Tells whether what a user is here by has ended. */
  public synchronized boolean hasEnded(User user) {
    String own = user.session().map(Logouts::session).orElseGet(() -> some(user.id()));
    return Stream.of(own, all(user.id()))
        .map(latest::get)
        .anyMatch((@Nullable Logout logout) -> logout != null && logout.ends(user));
  }

  /** Returns the names of all that a log-out ends something of. */
  private static List<String> names(Logout logout) {
    return Stream.concat(
            logout.session().map(Logouts::session).stream(),
            logout
                .user()
                .map(user -> logout.session().isPresent() ? some(user) : all(user))
                .stream())
        .toList();
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
