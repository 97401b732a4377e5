package org.rollcall.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The tasks of one socket, run one at a time and in order by whichever worker is free.
 *
 * <p>Messages of the client are bounded; tasks of our own, a few for each channel, are not refused.
 * Safe for many threads; no call blocks.
 */
final class Mailbox implements Executor {
  private static final Logger LOG = System.getLogger(Mailbox.class.getName());

  /** Tasks in a row before other sockets get the worker. */
  private static final int TURN = 32;

  private final Executor workers;
  private final int capacity;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
  private boolean running;

  Mailbox(Executor workers, int capacity) {
    this.workers = workers;
    this.capacity = capacity;
  }

  /** Adds a message's task, unless too many tasks wait already. Tells whether it was added. */
  boolean offer(Runnable task) {
    synchronized (tasks) {
      if (tasks.size() >= capacity) {
        return false;
      }
    }
    execute(task);
    return true;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  private void start() {
    try {
      workers.execute(this::turn);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The node stops; a socket's tasks are dropped");
    }
  }

  private void turn() {
    for (int i = 0; i < TURN; i++) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      run(task);
    }
    start();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A socket's task failed", e);
    }
  }
}
