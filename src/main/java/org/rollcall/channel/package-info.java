/**
 * Living connections: what a socket joins, what it is told, and how that leaves without ever making
 * anyone wait.
 *
 * <p>Data flow: {@link org.rollcall.channel.Socket#receive} puts a message into the socket's {@link
 * org.rollcall.channel.Mailbox}; a worker decodes it and the {@link
 * org.rollcall.channel.ChannelRouter} finds its channel; a channel tracks, subscribes and counts;
 * what it is told goes through the socket's {@link org.rollcall.channel.Outbox} to the {@link
 * org.rollcall.channel.Wire}.
 *
 * <p>Threads: container threads only fill mailboxes. Workers, one at a time for each socket, run
 * channels. Fan-out threads tell diffs and send. This room knows no container type.
 */
@NullMarked
package org.rollcall.channel;

import org.jspecify.annotations.NullMarked;
