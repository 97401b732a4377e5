package org.rollcall.socket;

/**
 * Is told that no frame of an outbox can leave any more: one of the two, once, by any thread that
 * holds no lock.
 */
interface OutboxListener {
  /** The client is too slow. */
  void slow();

  /** The connection is over, whether or not the container has reported it. */
  void lost();
}
