package org.rollcall;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * A user is online, is offline, or has other metas: a CDI event, observed with {@code void
 * changed(@ObservesAsync PresenceChanged event)}.
 *
 * <p>It is fired on each node of the cluster, for every user of the cluster. It says what is, not
 * what happened: the events of a user come one after another in their order, the last one is always
 * the newest state, and states that follow each other faster than they are observed may be left
 * out. A node that starts fires one for each user who is online by then; a node that stops fires
 * none.
 *
 * <p>It goes by the same rules as what friends are shown: none is fired while a lost connection or
 * a page that loads again is within its grace, and a user who begins to be visible to nobody is
 * offline.
 *
 * <p>Observers are called on threads of Rollcall's own, one at a time for each user, four at once.
 * An observer that is slow holds up the events of other users, never a socket.
 *
 * @param user the user's id
 * @param online whether the user has a meta or more
 * @param metas as {@link Presence#metas(String)} returns them; none if the user is offline
 */
public record PresenceChanged(String user, boolean online, List<JsonObject> metas) {
  /** Creates an event. */
  public PresenceChanged {
    metas = List.copyOf(metas);
  }

  /** Names nobody: events are logged by mistake sooner or later. */
  @Override
  public String toString() {
    return "PresenceChanged[" + (online ? "online" : "offline") + "]";
  }
}
