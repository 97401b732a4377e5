/**
 * Log-outs: whose tokens are accepted no more, on every node.
 *
 * <p>Data flow: a {@link org.rollcall.identity.logout.Logout} goes into the {@link
 * org.rollcall.identity.logout.LogoutStore}; on every node {@link
 * org.rollcall.identity.logout.Logouts} gets it from the store's listener, and refuses the tokens
 * that it ends. Next: {@code infinispan}, which implements the store, and {@code
 * socket.SocketRegistry}, which closes the sockets.
 */
@NullMarked
package org.rollcall.identity.logout;

import org.jspecify.annotations.NullMarked;
