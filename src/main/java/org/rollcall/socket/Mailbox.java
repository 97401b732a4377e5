package org.rollcall.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.rollcall.concurrent.AfterTask;

/**
 * The tasks of one socket, run one at a time and in order by whichever worker is free.
 *
 * <p>Messages of the client are bounded, also those that wait elsewhere for their turn; tasks of
 * our own, a few for each channel, are not refused. First turns take some of the threads: when
 * thousands connect at one moment, the sockets that are there already do not wait behind them. Safe
 * for many threads; no call blocks.
 */
public final class Mailbox implements Executor {
  private static final Logger LOG = System.getLogger(Mailbox.class.getName());

  /** How many tasks run in a row before other sockets get the worker. */
  private static final int TURN = 32;

  /** How many tasks may wait; a page that joins all its channels at once needs far less. */
  private static final int MOST_TASKS = 1000;

  /** How many messages of the greatest length may wait. */
  private static final int MOST_LONGEST = 4;

  private record Task(Runnable work, int size) {}

  private final NodeExecutors.Workers workers;
  private final long mostCharacters;
  private final ArrayDeque<Task> tasks = new ArrayDeque<>(2);
  private long characters;
  private int kept;
  private boolean running;
  private boolean begun;

  /**
   * Creates an empty one.
   *
   * @param longest characters or bytes of the longest message; of four such it is full
   */
  Mailbox(NodeExecutors.Workers workers, int longest) {
    this.workers = workers;
    this.mostCharacters = (long) MOST_LONGEST * longest;
  }

  /**
   * Adds a message's task, unless too much waits already. Returns whether it was added.
   *
   * @param size the length of the message
   */
  boolean offer(int size, Runnable work) {
    boolean start;
    synchronized (tasks) {
      if (tasks.size() + kept >= MOST_TASKS || characters >= mostCharacters) {
        return false;
      }
      start = add(new Task(work, size));
    }
    if (start) {
      start();
    }
    return true;
  }

  /** Returns whether nothing waits, nor is carried out. */
  boolean isIdle() {
    synchronized (tasks) {
      return !running && kept == 0;
    }
  }

  /** Counts a message, which its task has put aside, as waiting. */
  void keep(int size) {
    synchronized (tasks) {
      kept++;
      characters += size;
    }
  }

  /** Stops counting a message that was put aside. */
  void release(int size) {
    synchronized (tasks) {
      kept--;
      characters -= size;
    }
  }

  @Override
  public void execute(Runnable work) {
    boolean start;
    synchronized (tasks) {
      start = add(new Task(work, 0));
    }
    if (start) {
      start();
    }
  }

  /** Adds a task. Returns whether the worker has to be started. */
  private boolean add(Task task) {
    tasks.add(task);
    characters += task.size();
    boolean start = !running;
    running = true;
    return start;
  }

  private void start() {
    try {
      Executor next = begun ? workers.all() : workers.firstTurns();
      begun = true;
      next.execute(this::turn);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The node stops; a socket's tasks are dropped");
    } catch (Error e) {
      // No thread could be made: the next task tries again.
      synchronized (tasks) {
        running = false;
      }
      throw e;
    }
  }

  private void turn() {
    for (int i = 0; i < TURN; i++) {
      Task task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
        characters -= task.size();
      }
      AfterTask.run(() -> run(task.work()), workers.all());
    }
    start();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // After any failure it goes on: a mailbox that stopped would leave a ghost.
      LOG.log(Level.ERROR, "A socket's task failed", e);
    }
  }
}
