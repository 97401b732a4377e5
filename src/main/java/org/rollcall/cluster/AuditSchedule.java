package org.rollcall.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The times of audits: every five seconds, and at every tick for ten seconds after a change of the
 * view.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class AuditSchedule {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final InstantSource clock;
  private volatile Instant settled = Instant.MIN;
  private volatile Instant next = Instant.MIN;

  public AuditSchedule(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes a change of the view. */
  public void changed() {
    settled = clock.instant().plus(SETTLING);
  }

  /** Returns whether the view has changed a short time ago. */
  public boolean isSettling() {
    return clock.instant().isBefore(settled);
  }

  /** Returns whether an audit is due. */
  public boolean isDue() {
    return isSettling() || !clock.instant().isBefore(next);
  }

  /** Notes that an audit was made. The next one is due in five seconds. */
  public void looked() {
    next = clock.instant().plus(EVERY);
  }

  /** Makes the next audit due at the next tick. */
  public void soon() {
    next = Instant.MIN;
  }
}
