/**
 * Phoenix Channels without WebSockets: a client asks again and again for frames, and sends its own
 * in the bodies of other requests.
 *
 * <p>Data flow: {@link org.rollcall.longpoll.LongPollServlet} answers each request; a {@link
 * org.rollcall.longpoll.PollTransport} is the transport of one {@link org.rollcall.socket.Socket},
 * and keeps what was sent until a request takes it; {@link org.rollcall.longpoll.LongPolls} finds
 * sessions by their tokens. The channels do not know how their frames travel. Next: {@code
 * socket.Socket}.
 */
@NullMarked
package org.rollcall.longpoll;

import org.jspecify.annotations.NullMarked;
