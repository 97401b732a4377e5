package org.rollcall.concurrent;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Asks a question again and again until the answer is yes, or until it was asked often enough.
 *
 * <p>It is asked on one daemon thread, which ends with the last question and has no class of the
 * WAR as its context. {@link #close} may be called by any thread, at any time, also twice.
 */
public final class Poller implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final BooleanSupplier question;
  private int left;

  private Poller(ScheduledThreadPoolExecutor timer, BooleanSupplier question, int most) {
    this.timer = timer;
    this.question = question;
    this.left = most;
  }

  /**
   * Starts to ask, for the first time after one pause.
   *
   * @param thread the name of its thread
   * @param pause the time between an answer and the next question
   * @param most how often it is asked
   * @param question an exception is a no; may block
   */
  public static Poller start(String thread, Duration pause, int most, BooleanSupplier question) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> daemon(thread, task));
    Poller poller = new Poller(timer, question, most);
    long nanos = pause.toNanos();
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(poller::ask, nanos, nanos, TimeUnit.NANOSECONDS);
    return poller;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }

  private void ask() {
    left--;
    if (isYes() || left <= 0) {
      timer.shutdown();
    }
  }

  private boolean isYes() {
    try {
      return question.getAsBoolean();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Asks no more, and interrupts a question that is being asked. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
