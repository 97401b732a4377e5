package org.rollcall.concurrent;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A semaphore whose permits expire: a task that holds a permit for too long counts as lost, and its
 * permit is given to another task. Only a limited number may be lost at a time, because a lost task
 * still holds a thread.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class ExpiringPermits {
  private final int most;
  private final int mostLost;
  private final long life;
  private final LongSupplier nanos;
  private final Set<Permit> held = new HashSet<>();
  private final Set<Permit> lost = new HashSet<>();

  /**
   * Creates one of which no permit is held.
   *
   * @param most how many permits may be held at a time; lost permits do not count
   * @param mostLost how many permits may have expired without being released; one more does not
   *     expire
   * @param life how long one is good
   * @param nanos the clock
   */
  public ExpiringPermits(int most, int mostLost, Duration life, LongSupplier nanos) {
    this.most = most;
    this.mostLost = mostLost;
    this.life = life.toNanos();
    this.nanos = nanos;
  }

  /** A permit that is held until it is released, or until it has expired. */
  public final class Permit {
    private final long end;

    private Permit(long end) {
      this.end = end;
    }

    /** Gives the permit back, once. An expired permit does not count as lost any more. */
    public void release() {
      synchronized (held) {
        if (!held.remove(this)) {
          lost.remove(this);
        }
      }
    }
  }

  /** Takes a permit, if one is free. */
  public Optional<Permit> tryAcquire() {
    long now = nanos.getAsLong();
    synchronized (held) {
      held.removeIf(permit -> now - permit.end >= 0 && lost.size() < mostLost && lost.add(permit));
      if (held.size() >= most) {
        return Optional.empty();
      }
      Permit permit = new Permit(now + life);
      held.add(permit);
      return Optional.of(permit);
    }
  }
}
