package org.rollcall.count;

import java.util.function.Consumer;

/** A place that is given back once. Safe for many threads. */
final class CountedConnection implements Counts.Registration {
  private final Runnable state;
  private final Consumer<CountedConnection> leave;
  private boolean left;

  /**
   * Creates one that is taken.
   *
   * @param state tells the subscriber the state
   * @param leave gives the place back
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
