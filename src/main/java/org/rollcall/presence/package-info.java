/**
 * Online users: topics, the connections tracked on them, and their changes.
 *
 * <p>Data flow: {@link org.rollcall.presence.Tracker#track} writes an entry, which {@link
 * org.rollcall.presence.LocalEntries} own, into the {@link org.rollcall.presence.PresenceStore}. On
 * every node, {@link org.rollcall.presence.StoreWatcher} gets the change and marks the entry in a
 * {@link org.rollcall.concurrent.WorkQueue}; the queue compares the stored entry with the {@link
 * org.rollcall.presence.TopicState}, and sends the difference, a {@link
 * org.rollcall.presence.PresenceDiff}, to the topic's subscribers. The node that wrote does the
 * same.
 *
 * <p>This room knows no wire format, no user and no cache. Next: {@link
 * org.rollcall.presence.Subscriber}, which is {@code channel.PresenceFeed}.
 */
@NullMarked
package org.rollcall.presence;

import org.jspecify.annotations.NullMarked;
