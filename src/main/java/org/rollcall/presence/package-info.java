/**
 * Online users: topics, the connections tracked on them, and their changes.
 *
 * <p>Data flow: {@link org.rollcall.presence.Tracker#track} writes an entry, which {@link
 * org.rollcall.presence.LocalEntries} own, into the {@link org.rollcall.presence.PresenceStore}. On
 * every node, {@link org.rollcall.presence.StoreWatcher} is told of it and marks the entry in a
 * {@link org.rollcall.concurrent.WorkQueue}; the queue compares what the store holds now with the
 * {@link org.rollcall.presence.TopicState}, and tells the difference, a {@link
 * org.rollcall.presence.PresenceDiff}, to the topic's subscribers. The node that wrote takes no
 * short cut.
 *
 * <p>This room knows no wire format, no user and no cache. Next: {@link
 * org.rollcall.presence.Subscriber}, which is {@code channel.PresenceFeed}.
 */
@NullMarked
package org.rollcall.presence;

import org.jspecify.annotations.NullMarked;
