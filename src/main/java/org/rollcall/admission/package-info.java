/**
 * Who may connect, and how fast: limits of connections, handshakes and messages.
 *
 * <p>Data flow: a handshake gets a {@link org.rollcall.admission.ConnectionPermit} from the {@link
 * org.rollcall.admission.ConnectionLimiter}, or a refusal. This room knows no socket. Next: {@code
 * transport.PhoenixEndpoint}.
 */
@NullMarked
package org.rollcall.admission;

import org.jspecify.annotations.NullMarked;
