/**
 * The protocol Phoenix Channels: its frames, event names, close codes and reasons.
 *
 * <p>Data flow: text or bytes of a WebSocket message become a {@link
 * org.rollcall.protocol.Message}; a {@link org.rollcall.protocol.Reply}, {@link
 * org.rollcall.protocol.Push} or {@link org.rollcall.protocol.Broadcast} becomes text. Only the
 * serializers know the order and names of a frame's parts. This room knows no connection, no user
 * and no server. Next: {@code socket.Socket}, which reads and sends frames.
 */
@NullMarked
package org.rollcall.protocol;

import org.jspecify.annotations.NullMarked;
