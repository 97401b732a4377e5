package org.rollcall.longpoll;

import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Socket;

/**
 * A client that polls: its socket, and the transport beneath.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class PollSession {
  private final String token;
  private final PollTransport transport;
  private final Socket socket;

  PollSession(String token, PollTransport transport, Socket socket) {
    this.token = token;
    this.transport = transport;
    this.socket = socket;
  }

  /** Returns the session's token. */
  String token() {
    return token;
  }

  /** Returns the transport that carries the frames. */
  PollTransport transport() {
    return transport;
  }

  /** Returns the client's socket. */
  Socket socket() {
    return socket;
  }

  /** Tells whether the session lives. */
  boolean isOpen() {
    return !transport.isClosed();
  }

  /** Has a request wait, and ends the one that waits. Tells whether the session lives. */
  boolean poll(Poll poll) {
    return isOpen() && socket.messageBudget().part() && transport.attach(poll);
  }

  /**
   * Hands on messages of the client, all messages of one request before those of the next. Tells
   * whether the session lives.
   */
  synchronized boolean take(PollMessages messages) {
    if (isOpen()) {
      messages.give(socket.messageBudget());
    }
    return isOpen();
  }

  /** Ends what has waited for too long. Called every second by one thread at a time. */
  void check(long now) {
    if (transport.check(now)) {
      socket.close(CloseCode.IDLE);
    }
  }
}
