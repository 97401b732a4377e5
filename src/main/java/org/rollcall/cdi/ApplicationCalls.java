package org.rollcall.cdi;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a bean of the application, for a limited time.
 *
 * <p>The bean runs on threads of its own, as it may never return: the caller waits no longer than
 * the limit, and a few calls that hang take nobody else's threads. A thread is interrupted at the
 * limit; if the bean does not end then, the thread is missing until it does. Once all are, each
 * call ends at its limit without an answer.
 *
 * <p>Safe for many threads; a call waits.
 */
public final class ApplicationCalls implements AutoCloseable {
  /** Each call has a caller that waits for the answer, so there are never many. */
  private static final int MOST_WAITING = 256;

  private final Executor inContext;
  private final ExecutorService threads;

  /**
   * Creates one that calls nothing yet.
   *
   * @param name what is called, for the threads' names
   * @param most how many calls run at once
   * @param inContext runs a task within the call, in the context of the application
   */
  public ApplicationCalls(String name, int most, Executor inContext) {
    this.inContext = inContext;
    this.threads = ApplicationThreads.of(name, most, MOST_WAITING);
  }

  /**
   * Returns what a call returns.
   *
   * @throws TimeoutException if it takes longer than the limit, or too many calls wait
   * @throws ExecutionException if it throws
   */
  <T> T call(Callable<T> work, Duration limit) throws TimeoutException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      threads.execute(() -> inContext.execute(task));
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException full) {
      throw new TimeoutException(MOST_WAITING + " calls wait already");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    } finally {
      boolean unused = task.cancel(true);
    }
  }

  /** Interrupts the calls that run, and begins no call any more. Waits for nobody. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
