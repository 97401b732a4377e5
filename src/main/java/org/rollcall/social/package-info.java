/**
 * Which users a viewer may see.
 *
 * <p>Data flow: a {@link org.rollcall.identity.User} asks {@link org.rollcall.social.Visibility},
 * which asks the source of friends and the rules; there is no other way from there to anything that
 * is shown. It fails closed: who cannot be found out to be a friend is a stranger. Next: {@code
 * social.friends} and {@code social.rules}.
 */
@NullMarked
package org.rollcall.social;

import org.jspecify.annotations.NullMarked;
