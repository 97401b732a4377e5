package org.rollcall.socket;

import org.rollcall.presence.LeaveReason;

/**
 * How a connection ended, by the client's close frame or by the container's report.
 *
 * <p>What clients say when they are about to come back differs: a page that loads again closes
 * without a code (phoenix.js) or with 1001 (a browser by itself); a client that misses a
 * heartbeat's answer closes with 1000 and a reason (phoenix.js, JavaPhoenixClient,
 * SwiftPhoenixClient) or with {@link #HEARTBEAT_MISSED} (presence.js).
 *
 * @param code the close code (RFC 6455, section 7.4); {@link #NONE} stands for a close frame
 *     without one
 * @param reason the reason that came with it, which may be empty
 */
public record ClientClose(int code, String reason) {
  /** Stands for a close frame without a code. */
  public static final int NONE = 1005;

  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int HEARTBEAT_MISSED = 4000;
  private static final int LAST_OF_APPLICATIONS = 4999;

  /** Returns how this close ends the connection's presence. */
  LeaveReason leaveReason() {
    return switch (code) {
      case NORMAL -> reason.equals("heartbeat timeout") ? LeaveReason.LOST : LeaveReason.LEFT;
      case GOING_AWAY, NONE -> LeaveReason.AWAY;
      case HEARTBEAT_MISSED ->
          reason.isEmpty() || reason.equals("heartbeat missed")
              ? LeaveReason.LOST
              : LeaveReason.LEFT;
      default ->
          code > HEARTBEAT_MISSED && code <= LAST_OF_APPLICATIONS
              ? LeaveReason.LEFT
              : LeaveReason.LOST;
    };
  }
}
