package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The actions that a task has put off until it is over and holds no lock any more.
 *
 * <p>A task that calls two thousand subscribers under the lock of a topic makes two thousand
 * connections ready to send. Each of them put off to the end costs an entry in a list, and not a
 * task of its own. Above {@link #CHUNK} actions the others are handed over. An action that a thread
 * of the server runs with less effort goes there; the executor runs the rest in chunks, so that all
 * cores share them.
 *
 * <p>One for each task, used by the task's thread only. The actions must not block.
 */
public final class AfterTask {
  private static final Logger LOG = System.getLogger(AfterTask.class.getName());

  /** How many actions one thread runs in a row. */
  static final int CHUNK = 64;

  /** The same of a thread of the server, which has other connections to look at. */
  static final int THREAD_CHUNK = 32;

  private static final ThreadLocal<@Nullable AfterTask> CURRENT = new ThreadLocal<>();

  private final List<Action> actions = new ArrayList<>(2);

  private record Action(Runnable work, @Nullable Executor thread) {}

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
   * Runs a task, and hands over all that it has put off, by the executor: behind other such tasks,
   * which may have more for the same connections.
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

  /**
   * Puts an action off to the end of this thread's task. Returns false if it runs no such task.
   *
   * @param thread runs the action with less effort than others, if it is handed over; null if there
   *     is no such thread
   */
  public static boolean putOff(Runnable action, @Nullable Executor thread) {
    @Nullable AfterTask current = CURRENT.get();
    return current != null && current.actions.add(new Action(action, thread));
  }

  private void end(int most, Executor executor) {
    int here = Math.min(actions.size(), most);
    try {
      handOver(actions.subList(here, actions.size()), most == 0, executor);
    } finally {
      actions.subList(0, here).forEach(AfterTask::run);
    }
  }

  private static void handOver(List<Action> actions, boolean behindOthers, Executor executor) {
    if (actions.isEmpty()) {
      return;
    }
    List<Action> others = new ArrayList<>(0);
    Map<Executor, List<Action>> byThread = new LinkedHashMap<>(0);
    for (Action action : actions) {
      @Nullable Executor thread = action.thread();
      (thread == null ? others : byThread.computeIfAbsent(thread, any -> new ArrayList<>()))
          .add(action);
    }
    Runnable toThreads =
        () -> byThread.forEach((thread, own) -> inChunks(own, THREAD_CHUNK, thread));
    if (behindOthers && !byThread.isEmpty()) {
      execute(toThreads, executor);
    } else {
      toThreads.run();
    }
    inChunks(others, CHUNK, executor);
  }

  private static void inChunks(List<Action> actions, int most, Executor executor) {
    for (int from = 0; from < actions.size(); from += most) {
      List<Action> chunk = actions.subList(from, Math.min(actions.size(), from + most));
      execute(() -> chunk.forEach(AfterTask::run), executor);
    }
  }

  private static void execute(Runnable task, Executor executor) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "The node stops; actions are dropped");
    }
  }

  private static void run(Action action) {
    try {
      action.work().run();
    } catch (RuntimeException | Error e) {
      // The next connection must not miss what this one could not take.
      LOG.log(Level.ERROR, "An action after a task failed", e);
    }
  }
}
