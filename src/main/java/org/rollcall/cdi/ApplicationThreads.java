package org.rollcall.cdi;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads that run the application's beans. */
public final class ApplicationThreads {
  private ApplicationThreads() {}

  /**
   * Creates a factory of threads that have the class loader of the calling thread; starts no thread
   * yet.
   *
   * @param name the middle of their names, {@code rollcall-name-1}
   * @param most how many there are
   * @param mostWaiting how many tasks may wait for one
   */
  public static ExecutorService of(String name, int most, int mostWaiting) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            task -> {
              Thread thread = new Thread(task, "rollcall-" + name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
