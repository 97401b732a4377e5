/**
 * Online users: topics, the connections tracked on them, and their changes.
 *
 * <p>Data flow: {@link org.rollcall.presence.Tracker#track} writes an entry into the {@link
 * org.rollcall.presence.PresenceStore}; the store's listener, on every node, marks the entry; a
 * {@link org.rollcall.presence.Lane} compares what the store holds now with what the topic's roster
 * knew, and tells the difference to the topic's subscribers. The node that wrote takes no short
 * cut.
 *
 * <p>This room knows nothing but {@code java.*}: no wire format, no user, no cache.
 */
@NullMarked
package org.rollcall.presence;

import org.jspecify.annotations.NullMarked;
