/**
 * Users: their ids, their names, and what the claims of their tokens say.
 *
 * <p>Data flow: claims of a verified token become a {@link org.rollcall.identity.User}. This room
 * knows no connection and no presence. Next: {@code identity.token} verifies, {@code identity.oidc}
 * knows the issuer, {@code identity.logout} remembers who has logged out.
 */
@NullMarked
package org.rollcall.identity;

import org.jspecify.annotations.NullMarked;
