package org.rollcall.count;

import java.util.function.Consumer;

/** The registration of one connection in a count, which is closed once. Safe for many threads. */
final class CountedConnection implements Counts.Registration {
  private final Runnable state;
  private final Consumer<CountedConnection> leave;
  private boolean left;

  /**
   * Creates an open registration.
   *
   * @param state sends the subscriber the state
   * @param leave removes the connection from the count
   */
  CountedConnection(Runnable state, Consumer<CountedConnection> leave) {
    this.state = state;
    this.leave = leave;
  }

  @Override
  public synchronized void restate() {
    if (!left) {
      state.run();
    }
  }

  @Override
  public synchronized void close() {
    if (!left) {
      left = true;
      leave.accept(this);
    }
  }
}
