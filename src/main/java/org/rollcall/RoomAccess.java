package org.rollcall;

import java.util.Set;

/**
 * Decides who may join which room: a bean of the application, of which there is at most one, of
 * scope {@code @ApplicationScoped}, {@code @Singleton} or {@code @Dependent}. Without one every
 * signed-in user may join every room.
 *
 * <p>It is asked at each join by WebSocket or long-poll, after the user is known and before the
 * room is shown the user. A user in the room stays until the end of the channel; close a user's
 * sockets ({@code DELETE /api/users/{id}/sockets}) to have every room asked for again. It is not
 * asked for what the application itself tracks.
 *
 * <p>It fails closed: if it throws, or takes longer than {@code rollcall.channels.rooms.timeout},
 * the join is refused with {@code join crashed}, and the client tries again. A user who may not
 * join is refused with {@code unauthorized}.
 *
 * <p>Safe for many threads: up to 8 call it at once, one for each user, on threads of Rollcall's
 * own which have the context of the application (class loader, {@code java:comp}) and no request
 * and no transaction.
 */
@FunctionalInterface
public interface RoomAccess {
  /**
   * A join.
   *
   * @param room the topic, such as {@code room:board-7}
   * @param user the user's id
   * @param groups the groups of the user's token
   */
  record Join(String room, String user, Set<String> groups) {
    /** Names nobody: requests are logged by mistake sooner or later. */
    @Override
    public String toString() {
      return "Join";
    }
  }

  /**
   * Returns whether a user may join a room.
   *
   * @throws Exception if it cannot be found out now: the join is refused
   */
  boolean mayJoin(Join join) throws Exception;
}
