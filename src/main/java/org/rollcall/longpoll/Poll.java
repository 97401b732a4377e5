package org.rollcall.longpoll;

import org.rollcall.socket.Transport;

/** A request that waits for frames, and is answered once. */
interface Poll {
  /**
   * Answers the request. Does not wait.
   *
   * @param body the whole body
   * @param done is called once, by any thread, also from within this call: true when the container
   *     took the answer off our hands, false when the connection is lost
   */
  void answer(String body, Transport.Done done);

  /** Ends the TCP connection of an answer that is not read. Does not wait. */
  void abort();
}
