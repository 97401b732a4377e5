package org.rollcall.faults;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A visitor's timer: its heartbeat, and what has to be done a moment later. */
final class HeartbeatTimer {
  private static final long HEARTBEAT = 30_000;
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "visitors-timer");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable ScheduledFuture<?> beats;

  /** Begins to beat; the first beat is one interval away. */
  synchronized void start(Runnable beat) {
    stop();
    beats = TIMER.scheduleAtFixedRate(beat, HEARTBEAT, HEARTBEAT, TimeUnit.MILLISECONDS);
  }

  synchronized void stop() {
    if (beats != null) {
      beats.cancel(false);
    }
  }

  /** Does something later, and something short. */
  static void later(long millis, Runnable task) {
    ScheduledFuture<?> unused = TIMER.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Does something again and again, until the handle is cancelled. */
  static ScheduledFuture<?> every(long millis, Runnable task) {
    return TIMER.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }
}
