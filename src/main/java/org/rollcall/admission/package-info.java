/**
 * Who may connect, and how fast: limits of connections, handshakes and messages.
 *
 * <p>Data flow: a handshake gets a {@link org.rollcall.admission.ConnectionPermit} from the {@link
 * org.rollcall.admission.ConnectionLimiter}, or a refusal; a socket asks its {@link
 * org.rollcall.admission.MessageRateLimit} about each message. This room knows no socket. Next:
 * {@code transport.Admission} on the way in, {@code socket.Closing}, which gives the permit back.
 */
@NullMarked
package org.rollcall.admission;

import org.jspecify.annotations.NullMarked;
