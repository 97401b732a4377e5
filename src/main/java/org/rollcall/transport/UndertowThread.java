package org.rollcall.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;

/**
 * An I/O thread of Undertow 2.3, which reads and writes some of the connections, as an executor of
 * their sends. See ADR 0024.
 *
 * <p>Undertow writes on this thread only, and hands over what another thread sends, frame by frame.
 * What is sent on the thread itself is written at once.
 *
 * <p>It runs one task, which may be the sends of some connections, and lets the thread look at its
 * connections before the next: XNIO runs all tasks that wait before, also one that the thread has
 * added itself. So a thread of Rollcall's own, which does nothing else, hands over the next one.
 * Tasks wait as long as the thread is busy; a connection's outbox bounds what they have to send.
 *
 * <p>Safe for many threads; no call blocks. The tasks must not block. By reflection, as a WAR that
 * runs on Payara too may name no class of Undertow.
 */
final class UndertowThread implements Executor {
  private static final int IDLE_SECONDS = 2;

  private static final Logger LOG = System.getLogger(UndertowThread.class.getName());
  private static final ThrottledWarning WARNING = new ThrottledWarning(LOG);

  /** By the I/O thread: a server has two for each core. */
  private static final ConcurrentMap<Executor, UndertowThread> THREADS = new ConcurrentHashMap<>();

  /** Ends its thread when there is nothing to hand over, so none is left of a WAR that has gone. */
  private static final Executor BETWEEN = oneThread();

  private final Executor thread;
  private final Executor between;
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /** Whether the thread runs tasks, or will. */
  private boolean active;

  /**
   * Creates one without tasks.
   *
   * @param thread runs the tasks
   * @param between hands over the next ones; at most one task for each I/O thread waits there
   */
  UndertowThread(Executor thread, Executor between) {
    this.thread = thread;
    this.between = between;
  }

  private static Executor oneThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "rollcall-hand-over");
              made.setDaemon(true);
              return made;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Returns the thread of a session's connection, or null on another server. */
  static @Nullable Executor of(Object session) {
    @Nullable Method undertow = Reflection.method(session.getClass(), "getWebSocketChannel");
    if (undertow == null) {
      return null;
    }
    try {
      Object channel = undertow.invoke(session);
      Executor thread = (Executor) Reflection.call(channel, "getIoThread");
      return THREADS.computeIfAbsent(thread, any -> new UndertowThread(any, BETWEEN));
    } catch (ReflectiveOperationException | RuntimeException e) {
      WARNING.log("Undertow's I/O thread is not found, so a diff for many costs more: " + e);
      return null;
    }
  }

  /** Queues a task. The thread runs it after the tasks that wait already. */
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
      stop();
      LOG.log(Level.DEBUG, "The server's thread has ended; sends are dropped", ended);
    }
  }

  private void run() {
    @Nullable Runnable task = next();
    if (task == null) {
      return;
    }
    run(task);
    if (isMore()) {
      try {
        between.execute(this::handOver);
      } catch (RuntimeException | Error none) {
        // A task that is lost would leave its connection without frames.
        handOver();
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    @Nullable Runnable task = waiting.poll();
    active = task != null;
    return task;
  }

  private synchronized boolean isMore() {
    active = !waiting.isEmpty();
    return active;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // The next connection must not miss what this one could not take.
      WARNING.log("A send failed", e);
    }
  }

  /** Drops what waits: the server's thread has ended, and with it all of its connections. */
  private synchronized void stop() {
    waiting.clear();
    active = false;
  }
}
