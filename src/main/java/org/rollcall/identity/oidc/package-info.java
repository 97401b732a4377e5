/**
 * The OpenID Connect issuer: its keys, its tokens, its log-outs, and the log-ins of the container.
 *
 * <p>Data flow: {@link org.rollcall.identity.oidc.IssuerKeys} are fetched on asking threads;
 * verifiers use the ones that are known. Next: {@code identity.token} verifies, {@code
 * identity.logout} ends tokens.
 */
@NullMarked
package org.rollcall.identity.oidc;

import org.jspecify.annotations.NullMarked;
