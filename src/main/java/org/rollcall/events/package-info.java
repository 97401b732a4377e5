/**
 * Server-sent events: counts as they change, for clients without a WebSocket.
 *
 * <p>An edge of its own: it counts connections as sockets are counted, and speaks plain HTTP as the
 * API does.
 *
 * <p>The way of a change: {@link org.rollcall.count.Counts}, {@link
 * org.rollcall.events.EventStream}, browser.
 */
@NullMarked
package org.rollcall.events;

import org.jspecify.annotations.NullMarked;
