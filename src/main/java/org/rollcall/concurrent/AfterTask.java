package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The actions that a task has put off until it is over and holds no lock any more.
 *
 * <p>A task that calls two thousand subscribers under the lock of a topic makes two thousand
 * connections ready to send. Each of them put off to the end costs an entry in a list, and not a
 * task of its own. Above {@link #CHUNK} actions the others are handed to the executor in chunks, so
 * that all cores share them.
 *
 * <p>One for each task, used by the task's thread only. The actions must not block.
 */
public final class AfterTask {
  private static final Logger LOG = System.getLogger(AfterTask.class.getName());

  /** How many actions one thread runs in a row. */
  static final int CHUNK = 64;

  private static final ThreadLocal<@Nullable AfterTask> CURRENT = new ThreadLocal<>();

  private final List<Runnable> actions = new ArrayList<>(2);

  private AfterTask() {}

  /**
   * Runs a task, and then what it has put off. Within another such task it runs the task only, and
   * the other one runs the actions at its end.
   *
   * @param executor runs the actions that are too many for one thread
   */
  public static void run(Runnable task, Executor executor) {
    run(task, CHUNK, executor);
  }

  /**
   * Runs a task, and has the executor run all that it has put off: behind other such tasks, which
   * may have more for the same connections.
   */
  public static void runAndHandOver(Runnable task, Executor executor) {
    run(task, 0, executor);
  }

  private static void run(Runnable task, int most, Executor executor) {
    if (CURRENT.get() != null) {
      task.run();
      return;
    }
    AfterTask own = new AfterTask();
    CURRENT.set(own);
    try {
      task.run();
    } finally {
      CURRENT.remove();
      own.end(most, executor);
    }
  }

  /** Puts an action off to the end of this thread's task. Returns false if it runs no such task. */
  public static boolean putOff(Runnable action) {
    @Nullable AfterTask current = CURRENT.get();
    return current != null && current.actions.add(action);
  }

  private void end(int most, Executor executor) {
    int size = actions.size();
    for (int from = most; from < size; from += CHUNK) {
      List<Runnable> chunk = actions.subList(from, Math.min(size, from + CHUNK));
      try {
        executor.execute(() -> run(chunk));
      } catch (RejectedExecutionException stopped) {
        LOG.log(Level.DEBUG, "The node stops; actions are dropped");
      }
    }
    run(actions.subList(0, Math.min(size, most)));
  }

  private static void run(List<Runnable> actions) {
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        // The next connection must not miss what this one could not take.
        LOG.log(Level.ERROR, "An action after a task failed", e);
      }
    }
  }
}
