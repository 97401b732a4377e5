package org.rollcall.identity;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log-outs that this node has heard of, so that nothing of an ended log-in is believed again.
 *
 * <p>The latest 50,000 are remembered, until the node ends: longer than any token of a minute and,
 * on most days, any session of the container. Safe for many threads; no call blocks.
 */
public final class Logouts {
  private static final int MOST = 50_000;

  private final Map<String, Logout> ended = new LinkedHashMap<>();
  private final Set<String> heard = new LinkedHashSet<>();

  /**
   * Takes notice of a log-out.
   *
   * @return false if this very one was noted before
   */
  public synchronized boolean note(Logout logout) {
    if (!heard.add(logout.id())) {
      return false;
    }
    String key = key(logout.kind(), logout.name());
    ended.remove(key);
    ended.put(key, logout);
    if (ended.size() > MOST) {
      ended.remove(ended.keySet().iterator().next());
    }
    if (heard.size() > MOST) {
      heard.remove(heard.iterator().next());
    }
    return true;
  }

  /** Tells whether a log-out was noted. */
  public synchronized boolean isNoted(String id) {
    return heard.contains(id);
  }

  /** Tells whether what a user is here by has ended. */
  public synchronized boolean hasEnded(User user) {
    return user.session().filter(session -> ends(Logout.Kind.SESSION, session, user)).isPresent()
        || ends(Logout.Kind.USER, user.id(), user);
  }

  private boolean ends(Logout.Kind kind, String name, User user) {
    @Nullable Logout logout = ended.get(key(kind, name));
    return logout != null && logout.ends(user);
  }

  private static String key(Logout.Kind kind, String name) {
    return kind + " " + name;
  }
}
