package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A few threads of a wider executor, for work that must never take all of them. Tasks are begun in
 * order.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class BoundedExecutor implements Executor {
  private static final Logger LOG = System.getLogger(BoundedExecutor.class.getName());

  private final Executor wide;
  private final int most;
  private final int mostWaiting;
  private final Deque<Runnable> waiting = new ArrayDeque<>(0);
  private int running;

  /**
   * Creates one that runs nothing yet.
   *
   * @param wide runs the tasks, never within the call
   * @param most how many tasks run at a time
   * @param mostWaiting how many more may wait
   */
  public BoundedExecutor(Executor wide, int most, int mostWaiting) {
    this.wide = wide;
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Runs a task, now or later.
   *
   * @throws RejectedExecutionException if too many wait, here or at the wider executor
   */
  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      if (running < most) {
        wide.execute(() -> work(task));
        running++;
      } else if (waiting.size() < mostWaiting) {
        waiting.add(task);
      } else {
        throw new RejectedExecutionException(mostWaiting + " tasks wait already");
      }
    }
  }

  private void work(Runnable first) {
    for (@Nullable Runnable task = first; task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        // After any failure the tasks behind it must not wait for ever.
        LOG.log(Level.ERROR, "A task failed", e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      @Nullable Runnable task = waiting.poll();
      if (task == null) {
        running--;
      }
      return task;
    }
  }

  /** Returns how many tasks wait. */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }
}
