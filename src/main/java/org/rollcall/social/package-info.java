/**
 * Which users a viewer may see.
 *
 * <p>Data flow: a {@link org.rollcall.identity.User} asks {@link org.rollcall.social.Visibility},
 * which asks the source of friends and the rules; every path to presence goes through it. It fails
 * closed: a user who is not known to be a friend is a stranger. Next: {@code social.friends} and
 * {@code social.rules}.
 */
@NullMarked
package org.rollcall.social;

import org.jspecify.annotations.NullMarked;
