/**
 * The log-in and log-out of browsers.
 *
 * <p>Data flow: a request of a browser, or of the issuer on its behalf, becomes a log-in of the
 * container or a {@link org.rollcall.identity.logout.Logout} that is written for every node. This
 * room knows no connection. Next: {@code identity.oidc}, which reads the log-in, and {@code
 * identity.logout.Logouts}.
 */
@NullMarked
package org.rollcall.login;

import org.jspecify.annotations.NullMarked;
