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
    until(LIMIT.multipliedBy(2), PAUSE.dividedBy(4), assertion);
  }

  /**
   * The same with a limit of its own, looking less often: for assertions that ask a server.
   *
   * @return how long it took
   */
  public static Duration until(Duration limit, ThrowingCallable assertion) {
    return until(limit, PAUSE.multipliedBy(10), assertion);
  }

  private static Duration until(Duration limit, Duration pause, ThrowingCallable assertion) {
    long begin = System.nanoTime();
    while (true) {
      try {
        assertion.call();
        return Duration.ofNanos(System.nanoTime() - begin);
      } catch (Throwable failure) {
        if (System.nanoTime() - begin > limit.toNanos()) {
          throw failure instanceof Error error ? error : new AssertionError(failure);
        }
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }
}
