package org.rollcall.faults;

import org.jspecify.annotations.Nullable;

/**
 * A server or a cluster that the tests of a class share, from its start on. Set and closed by the
 * thread that runs the tests.
 *
 * @param <T> its type
 */
final class SharedServer<T extends AutoCloseable> {
  private @Nullable T started;

  /** Takes it, when it has started. */
  void set(T running) {
    started = running;
  }

  /** Returns it; fails if it has not started. */
  T get() {
    if (started == null) {
      throw new IllegalStateException("It has not started");
    }
    return started;
  }

  /** Closes it, if it has started. */
  void close() throws Exception {
    if (started != null) {
      started.close();
    }
  }
}
