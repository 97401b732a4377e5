/**
 * The verification of tokens, and the tokens that Rollcall gives itself.
 *
 * <p>Data flow: a compact JWT goes through a {@link org.rollcall.identity.token.TokenVerifier} and
 * becomes a {@link org.rollcall.identity.User} or nothing; the reason for nothing is a line of the
 * log. Next: {@code transport.Admission} and {@code api}, which ask.
 */
@NullMarked
package org.rollcall.identity.token;

import org.jspecify.annotations.NullMarked;
