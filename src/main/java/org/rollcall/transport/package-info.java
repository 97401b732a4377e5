/**
 * The handshake and the WebSocket end point, to which clients connect, and the limits of requests
 * and answers.
 *
 * <p>Data flow: {@link org.rollcall.transport.HandshakeFilter} lets a handshake pass or refuses it;
 * {@link org.rollcall.transport.PhoenixEndpoint} hands each message to the connection's {@link
 * org.rollcall.socket.Socket}; {@link org.rollcall.transport.WebSocketTransport} sends. There is no
 * logic here except work-arounds for the servers. Next: {@code admission.ConnectionLimiter} for a
 * handshake, {@code socket.Socket} for a message.
 */
@NullMarked
package org.rollcall.transport;

import org.jspecify.annotations.NullMarked;
