package org.rollcall.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what another thread or process will bring about. */
public final class Await {
  /** Longer than anything takes that is going to happen. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what names the condition, for the failure
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  /** Waits until a condition holds, for no longer than {@code limit}. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Expected within " + limit + ": " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Returns once the assertion holds; fails with its words if it does not in time. */
  public static void until(ThrowingCallable assertion) {
    long end = System.nanoTime() + LIMIT.multipliedBy(2).toNanos();
    while (true) {
      try {
        assertion.call();
        return;
      } catch (Throwable failure) {
        if (System.nanoTime() > end) {
          throw failure instanceof Error error ? error : new AssertionError(failure);
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos() / 4);
    }
  }
}
