package org.rollcall.socket;

/**
 * Is called when no frame of an outbox can leave any more: one of its methods, once, by any thread,
 * without a lock.
 */
interface OutboxListener {
  /** Called if the client is too slow. */
  void slow();

  /** Called if the connection is over, whether or not the container has reported it. */
  void lost();
}
