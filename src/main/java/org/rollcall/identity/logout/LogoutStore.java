package org.rollcall.identity.logout;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The log-outs in a store that all nodes share. Safe for many threads. */
public interface LogoutStore {
  /**
   * Writes log-outs; every node knows them when this returns. Waits for the other nodes, and throws
   * if it cannot reach them all.
   *
   * @param life how long they are kept
   */
  void put(List<Logout> logouts, Duration life);

  /** Passes all log-outs of this node's replica; waits for nobody. */
  void forEach(Consumer<Logout> visitor);

  /** Removes a log-out from this node's replica only; waits for nobody. */
  void drop(Logout logout);

  /**
   * Reports each log-out that any node has written, but not log-outs that arrive with a change of
   * the view.
   *
   * @param written called after the write, on the store's threads; must not block
   */
  void listen(Consumer<Logout> written);
}
