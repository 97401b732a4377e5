package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.socket.NodeExecutors;

/**
 * All threads of a node, in groups by what they may wait for.
 *
 * <p>Workers run mailboxes and may wait for other nodes. Fan-out threads send diffs and never wait;
 * their queue holds at most one task for each connection and work queue. Asking threads wait for
 * sources of friends, and for rules that users make; questions past the queue are refused. One
 * timer only hands over.
 *
 * <p>They are not the container's threads. For each send Payara's Tyrus searches the context class
 * loader for services, jar by jar; with a loader that has no jars a send is twice as fast
 * (adr/0003).
 */
final class NodeThreads implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeThreads.class.getName());
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /**
   * At least so many threads of each kind. So diffs get their share of a core beside the joins of
   * an overloaded node.
   */
  private static final int LEAST = 4;

  private static final int ASKING = 16;

  /**
   * How many workers a node of a cluster has. Another node that hangs holds up writes until it is
   * detected; these are enough to go on meanwhile.
   */
  private static final int WAITING = 64;

  /** Handshakes that wait for their refusal hold a connection each, but no thread. */
  private static final int MOST_REFUSALS = 1000;

  private static final int MOST_QUESTIONS = 10_000;

  private final ExecutorService workers;
  private final BoundedExecutor firstTurns;
  private final ExecutorService fanOut =
      pool("fan-out", Math.max(LEAST, CORES), new LinkedBlockingQueue<>(), null);
  private final ExecutorService asking =
      pool(
          "asking",
          ASKING,
          new ArrayBlockingQueue<>(MOST_QUESTIONS),
          NodeThreads.class.getClassLoader());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, threads("timer", null));

  private final List<Runnable> eachSecond = new CopyOnWriteArrayList<>();

  /**
   * Starts no thread yet.
   *
   * @param alone whether there are no other nodes to wait for
   */
  NodeThreads(boolean alone) {
    int size = alone ? Math.max(LEAST, 2 * CORES) : WAITING;
    workers = pool("worker", size, new LinkedBlockingQueue<>(), null);
    // Each socket waits here once.
    firstTurns = new BoundedExecutor(workers, size / 2, Integer.MAX_VALUE);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ExecutorService pool(
      String name, int size, BlockingQueue<Runnable> queue, @Nullable ClassLoader loader) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, queue, threads(name, loader));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory threads(String name, @Nullable ClassLoader loader) {
    AtomicInteger number = new AtomicInteger();
    ClassLoader nothing = new ClassLoader(null) {};
    return task -> {
      Thread thread = new Thread(task, "rollcall-" + name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(loader == null ? nothing : loader);
      return thread;
    };
  }

  NodeExecutors executors() {
    return new NodeExecutors(
        new NodeExecutors.Workers(workers, firstTurns),
        fanOut,
        asking,
        this::later,
        System::nanoTime);
  }

  WorkerThreads workers() {
    return new WorkerThreads(fanOut, workers, this::later, InstantSource.system());
  }

  /** Returns the delayed refusals of handshakes. */
  DelayedRefusals refusals(Duration delay) {
    return new DelayedRefusals(
        new DelayedRefusals.Limits(delay, MOST_REFUSALS), workers, this::later);
  }

  void later(Runnable task, Duration delay) {
    try {
      ScheduledFuture<?> unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      // The node has stopped; the task is dropped.
    }
  }

  /**
   * Runs these tasks every second, in this order. The timer runs the tasks of earlier calls before
   * them.
   */
  synchronized void everySecond(Runnable... tasks) {
    boolean first = eachSecond.isEmpty();
    eachSecond.addAll(List.of(tasks));
    if (first) {
      repeat(Duration.ofSeconds(1), () -> eachSecond.forEach(NodeThreads::guard));
    }
  }

  void every(Duration pause, Runnable task) {
    repeat(pause, () -> guard(task));
  }

  private void repeat(Duration pause, Runnable guarded) {
    long nanos = pause.toNanos();
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(guarded, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // An exception would end the repetition without a word.
      LOG.log(Level.ERROR, "A task of the timer failed", e);
    }
  }

  /** Waits a few seconds for tasks that have begun, and stops all threads. */
  @Override
  public void close() {
    timer.shutdownNow();
    for (ExecutorService pool : List.of(asking, workers, fanOut)) {
      pool.shutdown();
      try {
        if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
          pool.shutdownNow();
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
