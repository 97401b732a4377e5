package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Actions that a thread of the server runs in their order, a few at a time, so that it reads and
 * writes other connections between.
 *
 * <p>Another executor hands over the next few. An I/O thread of XNIO runs all tasks that wait
 * before it looks at its connections again, also a task that it has added to them itself.
 *
 * <p>Called by one thread at a time, first by the one that makes it. The actions must not block.
 */
final class ActionChain {
  private static final Logger LOG = System.getLogger(ActionChain.class.getName());

  /** How many actions the thread runs in a row: a send takes it less than ten microseconds. */
  static final int LINK = 32;

  private final List<? extends Runnable> actions;
  private final Executor thread;
  private final Executor between;
  private int begun;

  /**
   * Creates one that has not begun.
   *
   * @param thread runs the actions
   * @param between hands over the next ones
   */
  ActionChain(List<? extends Runnable> actions, Executor thread, Executor between) {
    this.actions = actions;
    this.thread = thread;
    this.between = between;
  }

  /** Hands the next actions over. */
  void handOver() {
    execute(this::run, thread);
  }

  private void run() {
    int end = Math.min(begun + LINK, actions.size());
    List<? extends Runnable> link = actions.subList(begun, end);
    begun = end;
    runAll(link);
    if (end < actions.size()) {
      execute(this::handOver, between);
    }
  }

  /** Runs actions, each also if one before it has failed. */
  static void runAll(List<? extends Runnable> actions) {
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        // The next connection must not miss what this one could not take.
        LOG.log(Level.ERROR, "An action after a task failed", e);
      }
    }
  }

  /** Has an executor run a task, unless it has stopped. */
  static void execute(Runnable task, Executor executor) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "The node stops; actions are dropped");
    }
  }
}
