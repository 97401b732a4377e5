package org.rollcall.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * ClusterBroadcast that this process was held up, as a virtual machine is that is moved: then
 * nobody was heard because nobody listened, and what clients have said meanwhile has yet to be
 * read.
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

  /** Tells whether silence is the clients' own: not for five seconds after a pause. */
  public boolean isOver(long now) {
    if (now - last > LATE) {
      resumed = now;
    }
    last = now;
    return now - resumed >= CATCHING_UP;
  }
}
