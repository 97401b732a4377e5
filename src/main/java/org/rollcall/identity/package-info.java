/**
 * Who is asking: users, their tokens, and what a token must be to be believed.
 *
 * <p>Data flow: a compact JWT becomes a {@link org.rollcall.identity.User} or nothing. This room
 * knows no connection and no presence.
 */
@NullMarked
package org.rollcall.identity;

import org.jspecify.annotations.NullMarked;
