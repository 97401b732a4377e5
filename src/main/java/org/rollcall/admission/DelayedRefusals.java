package org.rollcall.admission;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Scheduler;

/**
 * Refusals that are answered late, so that clients that try again and again try seldom. No thread
 * waits.
 *
 * <p>At most {@link Limits#most} refusals wait; one more is answered at once. The timer keeps some
 * bytes of a refusal that was answered before its time. Safe for many threads.
 */
public final class DelayedRefusals implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DelayedRefusals.class.getName());

  private final Limits limits;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Map<Runnable, AtomicReference<@Nullable Runnable>> waiting = new LinkedHashMap<>(0);

  /**
   * How long refusals wait, and how many of them.
   *
   * @param delay how long a refusal waits
   * @param most how many wait at once
   */
  public record Limits(Duration delay, int most) {}

  /**
   * Creates one without refusals.
   *
   * @param executor runs the refusals that have waited
   */
  public DelayedRefusals(Limits limits, Executor executor, Scheduler scheduler) {
    this.limits = limits;
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** Answers by {@code refusal}: on the executor after the delay, or within this call. */
  public void answer(Runnable refusal) {
    AtomicReference<@Nullable Runnable> kept = new AtomicReference<>(refusal);
    if (limits.delay().isZero() || !await(refusal, kept)) {
      run(refusal);
      return;
    }
    scheduler.run(() -> due(kept), limits.delay());
  }

  private void due(AtomicReference<@Nullable Runnable> kept) {
    Runnable refusal = kept.get();
    if (refusal != null) {
      executor.execute(() -> hurry(refusal));
    }
  }

  private synchronized boolean await(Runnable refusal, AtomicReference<@Nullable Runnable> kept) {
    return waiting.size() < limits.most() && waiting.putIfAbsent(refusal, kept) == null;
  }

  private synchronized boolean take(Runnable refusal) {
    @Nullable AtomicReference<@Nullable Runnable> kept = waiting.remove(refusal);
    if (kept != null) {
      kept.set(null);
    }
    return kept != null;
  }

  /** Answers by a waiting refusal now; does nothing if it was answered. */
  public void hurry(Runnable refusal) {
    if (take(refusal)) {
      run(refusal);
    }
  }

  private static void run(Runnable refusal) {
    try {
      refusal.run();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A client that was to be refused has disconnected", e);
    }
  }

  /** Returns how many wait. */
  public synchronized int size() {
    return waiting.size();
  }

  /** Answers by all waiting refusals now. */
  @Override
  public void close() {
    List<Runnable> rest;
    synchronized (this) {
      rest = List.copyOf(waiting.keySet());
    }
    rest.forEach(this::hurry);
  }
}
