package org.rollcall;

import java.util.Set;

/**
 * Returns whom each user may see: a bean of the application, which is asked with the setting {@code
 * rollcall.friends=cdi}. There has to be one such bean, of scope {@code @ApplicationScoped},
 * {@code @Singleton} or {@code @Dependent}.
 *
 * <p>It fails closed: while it cannot answer, users join no {@code user:<id>}, and the HTTP API
 * shows them nobody.
 *
 * <p>Safe for many threads: up to 16 call it at once, on threads of Rollcall's own which have the
 * context of the application (class loader, {@code java:comp}) and no request and no transaction.
 * An answer may take {@code rollcall.friends.timeout}; after that the thread is interrupted and the
 * answer ignored. Threads that a bean does not give back are missing for other users.
 *
 * <p>It is asked when a user joins, and again after {@code POST /api/users/{id}/friends/refresh}
 * and after nodes have met.
 */
@FunctionalInterface
public interface FriendSource {
  /**
   * Returns the ids of a user's friends, of nobody for an unknown user; at most {@code
   * rollcall.friends.limit}.
   *
   * @throws FriendsUnavailable if it cannot be found out now; never an empty answer instead. A
   *     runtime exception, null and an answer that comes late mean the same
   */
  Set<String> friends(String user) throws FriendsUnavailable;
}
