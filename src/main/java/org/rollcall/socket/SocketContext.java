package org.rollcall.socket;

import org.rollcall.config.LimitSettings;
import org.rollcall.presence.LeaveReason;

/**
 * The parts that all sockets of this node share.
 *
 * @param router finds channels
 * @param endings is told of each socket that ends
 * @param traffic counts what goes over them
 * @param executors runs them
 * @param outboxLimits how much may wait for one client
 * @param limits what one client may ask for
 */
record SocketContext(
    ChannelRouter router,
    Endings endings,
    Traffic traffic,
    NodeExecutors executors,
    Outbox.Limits outboxLimits,
    LimitSettings limits) {
  /** Is told of the end of a socket. Called once for each, by any thread; must not block. */
  interface Endings {
    void ended(Socket socket, LeaveReason leaveReason);
  }
}
