package org.rollcall.transport;

import jakarta.websocket.CloseReason;
import org.rollcall.socket.ClientClose;

/**
 * Distinguishes a close frame without a code, which phoenix.js sends at every reload, from a close
 * frame with 1000.
 *
 * <p>Both servers report 1000 for either. So the {@link ConnectionGuard} notes a close frame
 * without a body; where it sees none, Tyrus 2.1 gives a reason of its own to a close frame that has
 * no code.
 *
 * @param guard the guard of the connection beneath
 */
record CloseFrames(ConnectionGuard guard) {
  private static final int NORMAL = 1000;
  private static final String TYRUS_WITHOUT_CODE = "Normal closure.";

  /** Returns how the client closed the connection. */
  ClientClose close(CloseReason reported) {
    int code = reported.getCloseCode().getCode();
    String reason = reported.getReasonPhrase();
    boolean none =
        code == NORMAL && (guard.hasCloseWithoutCode() || reason.equals(TYRUS_WITHOUT_CODE));
    return none ? new ClientClose(ClientClose.NONE, "") : new ClientClose(code, reason);
  }
}
