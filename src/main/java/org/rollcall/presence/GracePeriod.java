package org.rollcall.presence;

import java.time.Duration;

/**
 * How long entries linger after their connections ended.
 *
 * @param lost after a connection that broke
 * @param away after a page was closed or left
 */
public record GracePeriod(Duration lost, Duration away) {
  /** No grace: entries end with their connections. */
  public static final GracePeriod NONE = new GracePeriod(Duration.ZERO, Duration.ZERO);

  /** Returns the longer of the two. */
  public Duration longest() {
    return lost.compareTo(away) < 0 ? away : lost;
  }

  /** Returns how long an entry lingers; zero if it ends at once. */
  Duration after(LeaveReason leaveReason) {
    return switch (leaveReason) {
      case LEFT -> Duration.ZERO;
      case AWAY -> away;
      case LOST -> lost;
    };
  }
}
