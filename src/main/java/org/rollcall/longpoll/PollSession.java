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

  /** Returns whether the session lives. */
  boolean isOpen() {
    return !transport.isClosed();
  }

  /**
   * Has a request wait for frames, and answers the one that waited before. Returns whether the
   * session is open.
   */
  boolean poll(Poll poll) {
    return isOpen() && socket.messageBudget().part() && transport.attach(poll);
  }

  /**
   * Passes on messages of the client, all messages of one request before the messages of the next.
   * Returns whether the session is open.
   */
  synchronized boolean take(PollMessages messages) {
    if (isOpen()) {
      messages.give(socket.messageBudget());
    }
    return isOpen();
  }

  /**
   * Answers a poll that has waited for too long, and closes a session whose client polls no more.
   * Called every second by one thread at a time.
   */
  void check(long now) {
    if (transport.check(now)) {
      socket.close(CloseCode.IDLE);
    }
  }
}
