package org.rollcall;

import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who is online, for other beans: {@code @Inject Presence presence}.
 *
 * <p>A meta is a JSON object that describes one connection of a user: {@code online_at} (Unix
 * seconds, as a string), the members that the connection has given, and {@code phx_ref}. A user has
 * as many metas as connections, and is online with one or more. A connection that was lost counts
 * for the grace (settings {@code rollcall.grace} and {@code rollcall.grace.away}).
 *
 * <p>Users who are visible to nobody are offline here, as on every other path.
 *
 * <p>Safe for many threads. Reads never wait: they answer from this node's memory, which is behind
 * the other nodes by milliseconds, and by seconds while nodes lose and find each other.
 *
 * <p>Every call throws {@link PresenceUnavailable} if Rollcall does not serve on this node.
 */
public interface Presence {
  /**
   * Returns whether a user is online.
   *
   * @param user the user's id, without {@code user:}; a text that is no id is a user who is offline
   */
  boolean isOnline(String user);

  /** Returns the metas of a user's connections, oldest first; none if the user is offline. */
  List<JsonObject> metas(String user);

  /**
   * Returns the metas of several users.
   *
   * @return each of the users once, in the order in which they were given; a user who is offline
   *     has an empty list
   */
  Map<String, List<JsonObject>> metas(Collection<String> users);

  /**
   * Returns who is in a room.
   *
   * @param room its topic, such as {@code room:lobby}
   * @return the metas of each user who is there
   * @throws IllegalArgumentException if no room has this topic (setting {@code
   *     rollcall.channels.rooms})
   */
  Map<String, List<JsonObject>> list(String room);

  /**
   * Tracks somebody who is present without a connection of Rollcall's own: by a service, a call, a
   * device that speaks another protocol.
   *
   * <p>Which topics:
   *
   * <ul>
   *   <li>{@code user:<id>}: the user is online. The key is the same id. Friends see it, and they
   *       only.
   *   <li>{@code room:<name>}: the user of the key is in the room. {@link RoomAccess} is not asked.
   *   <li>{@code count:<name>}: the count has one user more. The key is shown to nobody. A count
   *       has no metas, so the meta is empty.
   * </ul>
   *
   * <p>It is a tracked entry of this node like that of a connection: it ends with the node, and
   * comes back after halves of a cluster meet. It is shown to whom a connection of that user would
   * be: to nobody while the user is visible to nobody or may not be here. Track and close, as
   * {@code try}-with-resources does; see {@link TrackedPresence}.
   *
   * <p>Waits for the other nodes, for seconds at most: not for threads that serve many connections.
   *
   * @param key the user's id, without {@code user:}
   * @param meta the meta that others see, within the limits for clients ({@code
   *     rollcall.limits.meta.keys} and {@code .bytes}), without keys that begin with {@code phx_}
   * @throws IllegalArgumentException if nothing is tracked on such a topic, the key is no user's id
   *     or not the topic's, or the meta breaks a limit; the message says what was expected and the
   *     size of what came
   */
  TrackedPresence track(String topic, String key, JsonObject meta);
}
