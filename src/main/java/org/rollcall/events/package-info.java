/**
 * Server-sent events: counts as they change, for clients without a WebSocket.
 *
 * <p>Its connections have permits like sockets, and speak plain HTTP like the API.
 *
 * <p>Data flow: a change goes from {@link org.rollcall.count.Counts} to an {@link
 * org.rollcall.events.EventStream}, and to the browser. Next: {@code
 * transport.AsyncResponseWriter}, which writes.
 */
@NullMarked
package org.rollcall.events;

import org.jspecify.annotations.NullMarked;
