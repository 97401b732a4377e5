package org.rollcall.concurrent;

import java.time.Duration;

/** Runs tasks later. */
@FunctionalInterface
public interface Scheduler {
  /** Runs {@code task}, which must be short and not block, after {@code delay}. */
  void run(Runnable task, Duration delay);
}
