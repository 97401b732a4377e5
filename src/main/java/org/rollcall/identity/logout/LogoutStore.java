package org.rollcall.identity.logout;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The log-outs in the memory that all nodes share. Safe for many threads. */
public interface LogoutStore {
  /**
   * Writes log-outs; every node knows them when this returns. Waits for the other nodes, and throws
   * if it cannot reach them all.
   *
   * @param life how long they are kept
   */
  void put(List<Logout> logouts, Duration life);

  /** Passes all log-outs of this node's copy; waits for nobody. */
  void forEach(Consumer<Logout> visitor);

  /** Takes a log-out out of this node's copy alone; waits for nobody. */
  void drop(Logout logout);

  /**
   * Tells of each log-out that was written on any node, though not of what comes with a change of
   * the view.
   *
   * @param written called after the write, on the store's threads; must not block
   */
  void listen(Consumer<Logout> written);
}
