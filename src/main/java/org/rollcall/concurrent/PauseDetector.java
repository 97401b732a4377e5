package org.rollcall.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * Notices that this process was held up, as a virtual machine is while it is moved. No message was
 * read during the pause, so silent clients may be alive: their messages have yet to be read.
 *
 * <p>Asked every second, by one thread at a time.
 */
public final class PauseDetector {
  private static final long LATE = TimeUnit.SECONDS.toNanos(5);
  private static final long CATCHING_UP = TimeUnit.SECONDS.toNanos(5);

  private long last;
  private long resumed;

  public PauseDetector(long now) {
    this.last = now;
    this.resumed = now - CATCHING_UP;
  }

  /** Returns whether a silent client counts as silent: not for five seconds after a pause. */
  public boolean isOver(long now) {
    if (now - last > LATE) {
      resumed = now;
    }
    last = now;
    return now - resumed >= CATCHING_UP;
  }
}
