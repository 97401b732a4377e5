/**
 * The features: a user's private channel, rooms and counts.
 *
 * <p>Data flow: the {@link org.rollcall.channel.TopicRouter} finds the handler of a topic. A user's
 * channel asks the {@code FriendLookup} for friends; {@code ChannelPresence} tracks the connection,
 * subscribes, and sends the state and diffs that its {@code PresenceFeed} merges.
 *
 * <p>Workers call it, one at a time for each socket; fan-out threads call the feeds. Next: {@code
 * presence.Tracker} on the way in, {@code socket.Outbox} on the way out.
 */
@NullMarked
package org.rollcall.channel;

import org.jspecify.annotations.NullMarked;
