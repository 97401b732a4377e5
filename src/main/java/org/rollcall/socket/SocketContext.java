package org.rollcall.socket;

import java.util.function.Consumer;
import org.rollcall.config.LimitSettings;

/**
 * The parts that all sockets of this node share.
 *
 * @param router finds channels
 * @param ended is called with each socket that ends, once, by any thread; must not block
 * @param traffic counts what goes over them
 * @param executors runs them
 * @param outboxLimits how much may wait for one client
 * @param limits what one client may ask for
 */
record SocketContext(
    ChannelRouter router,
    Consumer<Socket> ended,
    Traffic traffic,
    NodeExecutors executors,
    OutboxLimits outboxLimits,
    LimitSettings limits) {}
