/**
 * Log-outs: whose tokens are accepted no more, on every node.
 *
 * <p>Data flow: a {@link org.rollcall.identity.logout.Logout} goes into the {@link
 * org.rollcall.identity.logout.LogoutStore}; on every node {@link
 * org.rollcall.identity.logout.Logouts} hear of it and refuse the tokens that it ends.
 */
@NullMarked
package org.rollcall.identity.logout;

import org.jspecify.annotations.NullMarked;
