package org.rollcall.channel;

import org.rollcall.config.LimitSettings;

/**
 * The parts that all sockets of this node share.
 *
 * @param router finds channels
 * @param sockets the living sockets
 * @param threads runs them
 * @param outboxLimits how much may wait for one client
 * @param limits what one client may ask for
 */
record Node(
    ChannelRouter router,
    Sockets sockets,
    Threads threads,
    Outbox.Limits outboxLimits,
    LimitSettings limits) {}
