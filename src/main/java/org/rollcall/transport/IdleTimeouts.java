package org.rollcall.transport;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus's scheduler for idle time-outs. It runs the task of a session that has an idle time-out. It
 * takes no task of a session without one.
 *
 * <p>Tyrus 2.1 and 2.2 schedule a task at every send and every message received (Tyrus issue 487);
 * without a time-out its delay is zero, and it does nothing. Tyrus knows a session without such a
 * task: it checks for null before it cancels one. Safe for many threads; no call blocks.
 */
final class IdleTimeouts extends ScheduledThreadPoolExecutor {
  private static final String TASK = "IdleTimeoutCommand";

  /** Creates one whose only thread starts with the first time-out. */
  IdleTimeouts() {
    super(
        1,
        task -> {
          Thread thread = new Thread(task, "rollcall-idle-timeouts");
          thread.setDaemon(true);
          return thread;
        });
    setRemoveOnCancelPolicy(true);
  }

  /** Schedules a task; returns null for an idle time-out without a delay. */
  @Override
  public @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return delay <= 0 && task.getClass().getName().endsWith(TASK)
        ? null
        : super.schedule(task, delay, unit);
  }
}
