/**
 * The close codes that mean something to the client.
 *
 * HEARTBEAT_MISSED is the client's own: it gives up a connection that answers no more. It is not 1000, by which the
 * server would understand that the user left; this user is about to come back.
 */
export const CloseCode = Object.freeze({
  /** The server closed for good. No reconnect. */
  NORMAL: 1000,
  /** The server closed all sockets of this user. Reconnects, with a fresh token. */
  GOING_AWAY: 1001,
  /** The connection broke, or never came to be. */
  ABNORMAL: 1006,
  /** The node drains; another one takes over. Reconnects, spread over time. */
  DRAINING: 1012,
  /** The server is too busy. Reconnects later. */
  TRY_LATER: 1013,
  HEARTBEAT_MISSED: 4000,
});
