package org.rollcall.protocol;

/**
 * Every code with which Rollcall closes a WebSocket.
 *
 * <p>phoenix.js reconnects after all of them; up to 1.8.12 it does not after 1000, so 1000 is never
 * sent.
 */
public enum CloseCode {
  /**
   * Issued when an administrator ends a user's sockets. The client may come back if it is let in.
   */
  FORCED(1001, "disconnected by an administrator"),

  /** Issued when the user logs out. The client may come back once the user has logged in again. */
  LOGGED_OUT(1001, "logged out"),

  /**
   * Issued when no message, not even a heartbeat, came within the idle time. The client may come
   * back.
   */
  IDLE(1001, "idle"),

  /**
   * Issued when a client's frame is not masked, as the protocol has it. No client should send it.
   */
  UNMASKED(1002, "expected masked frames"),

  /** Issued when a connection has not come through the handshake's checks. No client should. */
  STRANGER(1008, "unexpected connection"),

  /**
   * Issued when messages come faster than they can be answered. The client should come back slower.
   */
  FLOOD(1008, "too many messages"),

  /** Issued when a message is longer than the limit. The client should not send it again. */
  TOO_BIG(1009, "message too big"),

  /**
   * Issued when messages of the client's address, or of all clients, wait or have not ended in such
   * an amount that no more can be kept. The client may come back later.
   */
  BUSY(1013, "too much waits, try again later"),

  /** Issued when this node stops. The client should come back, and will meet another node. */
  DRAINING(1012, "this node restarts"),

  /** Issued when a client does not read what it gets. The client may come back later. */
  SLOW(1013, "too slow, try again later"),

  /**
   * Issued when the friends that stand in the user's token are out of date. The client should come
   * back at once, with a new token.
   */
  RENEWED(4001, "friends have changed, come back with a new token");

  private final int code;
  private final String phrase;

  CloseCode(int code, String phrase) {
    this.code = code;
    this.phrase = phrase;
  }

  /** Returns the number on the wire (RFC 6455, section 7.4); from 4000 on they are our own. */
  public int code() {
    return code;
  }

  /** Returns the phrase that goes with it, below 123 bytes. */
  public String phrase() {
    return phrase;
  }
}
