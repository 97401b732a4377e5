/**
 * The framework of one connection and its channels: the topics that a socket joins, the frames that
 * it gets, and the way they leave without blocking any thread.
 *
 * <p>Data flow: {@link org.rollcall.socket.Socket#receive} has the {@link
 * org.rollcall.socket.MessageBudget} put a message into the socket's {@link
 * org.rollcall.socket.Mailbox}; a worker decodes it and hands it to {@link
 * org.rollcall.socket.Channels}, which find the topic's {@link org.rollcall.socket.Channel}. States
 * and diffs of a channel go through the socket's {@link org.rollcall.socket.Outbox} to the {@link
 * org.rollcall.socket.Transport}.
 *
 * <p>Threads: container threads only fill mailboxes. Workers, one at a time for each socket, run
 * channels, and send what a task has queued when it is over. Fan-out threads send diffs. This room
 * knows no container type and no feature. Next: a {@link org.rollcall.socket.ChannelHandler} of the
 * room channel.
 */
@NullMarked
package org.rollcall.socket;

import org.jspecify.annotations.NullMarked;
