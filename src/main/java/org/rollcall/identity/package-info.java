/**
 * Callers: users, their tokens, and the checks that a token must pass.
 *
 * <p>Data flow: a compact JWT becomes a {@link org.rollcall.identity.User} or nothing. This room
 * knows no connection and no presence.
 */
@NullMarked
package org.rollcall.identity;

import org.jspecify.annotations.NullMarked;
