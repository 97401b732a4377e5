package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A warning that may be due again with every request; it is logged at most once in ten minutes.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class ThrottledWarning {
  private static final long PAUSE = Duration.ofMinutes(10).toNanos();

  private final Logger log;
  private final LongSupplier nanos;
  private final AtomicLong due;

  /** Creates one that has not been logged yet. */
  public ThrottledWarning(Logger log) {
    this(log, System::nanoTime);
  }

  ThrottledWarning(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.due = new AtomicLong(nanos.getAsLong());
  }

  /** Logs a sentence, unless one was logged in the last ten minutes. */
  public void log(String sentence) {
    log(() -> sentence);
  }

  /** Like {@code log}, but makes the sentence only if it is logged. */
  public void log(Supplier<String> sentence) {
    if (isDue()) {
      log.log(Level.WARNING, sentence.get());
    }
  }

  /** Logs an unexpected failure with its stack, unless one was logged in the last ten minutes. */
  public void log(String sentence, Throwable cause) {
    if (isDue()) {
      log.log(Level.ERROR, sentence, cause);
    }
  }

  private boolean isDue() {
    long now = nanos.getAsLong();
    long then = due.get();
    return now - then >= 0 && due.compareAndSet(then, now + PAUSE);
  }
}
