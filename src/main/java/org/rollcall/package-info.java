/**
 * The Java API: what other beans of the application may use of Rollcall, and nothing else.
 *
 * <p>Inject {@link org.rollcall.Presence} and {@link org.rollcall.PublishedCounts}; observe {@link
 * org.rollcall.PresenceChanged} and {@link org.rollcall.CountChanged}; implement {@link
 * org.rollcall.FriendSource} and {@link org.rollcall.RoomAccess}.
 *
 * <p>An application that uses it is trusted, as the administrator of the HTTP API is: it is asked
 * for no token, and reads who is online without being anybody's friend. What it tracks is shown to
 * others by the same rules as a user's own connection. Users who are visible to nobody, or may not
 * be here, are offline here too.
 *
 * <p>The types here name no other type of Rollcall. Next: {@code cdi}, which implements them.
 */
@NullMarked
package org.rollcall;

import org.jspecify.annotations.NullMarked;
