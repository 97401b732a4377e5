package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A warning about what may come again with every request: logged at most once in ten minutes.
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

  /** Logs a sentence, unless one was logged a short time ago. */
  public void log(String sentence) {
    log(() -> sentence);
  }

  /** The same; the sentence is asked for only if it is logged. */
  public void log(Supplier<String> sentence) {
    if (isDue()) {
      log.log(Level.WARNING, sentence.get());
    }
  }

  /** Logs a failure that nobody expected, with its stack, unless a short time ago. */
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
