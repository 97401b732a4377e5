package org.rollcall.concurrent;

import java.time.Duration;

/** Runs tasks later. */
@FunctionalInterface
public interface Scheduler {
  /** Runs a task after a delay. The task must be short, and must not block. */
  void run(Runnable task, Duration delay);
}
