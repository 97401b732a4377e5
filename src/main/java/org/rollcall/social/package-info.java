/**
 * Friends and rules: which users may see each other.
 *
 * <p>Data flow: a {@link org.rollcall.identity.User} asks; one {@link
 * org.rollcall.social.FriendSource} answers with the ids of friends; {@link
 * org.rollcall.social.Visibility} is the only way from there to anything that is shown. It fails
 * closed: who cannot be found out to be a friend is a stranger.
 */
@NullMarked
package org.rollcall.social;

import org.jspecify.annotations.NullMarked;
