package org.rollcall.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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
}
