package org.rollcall.channel;

/**
 * What all sockets of this node share.
 *
 * @param router finds channels
 * @param sockets the living sockets
 * @param threads runs them
 * @param outboxLimits how much may wait for one client
 */
record Node(ChannelRouter router, Sockets sockets, Threads threads, Outbox.Limits outboxLimits) {}
