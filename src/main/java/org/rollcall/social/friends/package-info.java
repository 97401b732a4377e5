/**
 * Providers of friends: the token, an HTTP API, a query, a table.
 *
 * <p>Data flow: one {@link org.rollcall.social.friends.FriendProvider} answers with the ids of a
 * user's friends. Asking threads call it; it may wait. Next: {@code social.Visibility}.
 */
@NullMarked
package org.rollcall.social.friends;

import org.jspecify.annotations.NullMarked;
