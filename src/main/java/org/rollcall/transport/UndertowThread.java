package org.rollcall.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;

/**
 * An I/O thread of Undertow 2.3, which reads and writes some of the connections, as an executor of
 * their sends. See ADR 0024.
 *
 * <p>Undertow writes on this thread only, and hands over what another thread sends, frame by frame.
 * What is sent on the thread itself is written at once.
 *
 * <p>It runs a few tasks in a row, and lets the thread look at its connections between: XNIO runs
 * all tasks that wait before, also one that the thread has added itself. So one of the server's
 * worker threads hands over the next few. At most one task of a connection and a thread that sends
 * waits here.
 *
 * <p>Safe for many threads; no call blocks. The tasks must not block. By reflection, as a WAR that
 * runs on Payara too may name no class of Undertow.
 */
final class UndertowThread implements Executor {
  /** How many tasks the thread runs in a row; most are one frame of some microseconds. */
  static final int IN_A_ROW = 32;

  private static final Logger LOG = System.getLogger(UndertowThread.class.getName());
  private static final ThrottledWarning UNKNOWN = new ThrottledWarning(LOG);

  /** By the I/O thread: a server has two for each core. */
  private static final ConcurrentMap<Executor, UndertowThread> THREADS = new ConcurrentHashMap<>();

  private final Executor thread;
  private final Executor workers;
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /** Whether the thread runs tasks, or will. */
  private boolean active;

  /**
   * Creates one without tasks.
   *
   * @param thread runs the tasks
   * @param workers hand over the next ones
   */
  UndertowThread(Executor thread, Executor workers) {
    this.thread = thread;
    this.workers = workers;
  }

  /** Returns the thread of a session's connection, or null on another server. */
  static @Nullable Executor of(Object session) {
    @Nullable Method undertow =
        UndertowConnection.method(session.getClass(), "getWebSocketChannel");
    if (undertow == null) {
      return null;
    }
    try {
      Object channel = undertow.invoke(session);
      Executor thread = (Executor) UndertowConnection.call(channel, "getIoThread");
      Executor workers = (Executor) UndertowConnection.call(channel, "getWorker");
      return THREADS.computeIfAbsent(thread, any -> new UndertowThread(any, workers));
    } catch (ReflectiveOperationException | RuntimeException e) {
      UNKNOWN.log("Undertow's I/O thread is not found, so a diff for many costs more: " + e);
      return null;
    }
  }

  /** Has the thread run a task, behind those that wait. */
  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      waiting.add(task);
      if (active) {
        return;
      }
      active = true;
    }
    handOver();
  }

  private void handOver() {
    try {
      thread.execute(this::run);
    } catch (RuntimeException | Error ended) {
      LOG.log(Level.DEBUG, "The server's thread has ended; sends are dropped", ended);
      stop();
    }
  }

  private void run() {
    for (int i = 0; i < IN_A_ROW; i++) {
      @Nullable Runnable task = next();
      if (task == null) {
        return;
      }
      run(task);
    }
    try {
      workers.execute(this::handOver);
    } catch (RuntimeException | Error none) {
      // A task that is lost would leave its connection without frames.
      LOG.log(Level.DEBUG, "No worker thread hands over the next sends", none);
      handOver();
    }
  }

  private synchronized @Nullable Runnable next() {
    @Nullable Runnable task = waiting.poll();
    active = task != null;
    return task;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // The next connection must not miss what this one could not take.
      LOG.log(Level.ERROR, "A send failed", e);
    }
  }

  /** Drops what waits: the server's thread has ended, and with it all of its connections. */
  private synchronized void stop() {
    waiting.clear();
    active = false;
  }
}
