package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** By how many a count has grown lately. */
class RecentArrivalsTest {
  private static final Count VIEWER = Count.one(Count.Kind.VIEWER);
  private static final Count USER = Count.one(Count.Kind.USER);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long LATER = RecentArrivals.WINDOW.toNanos() + 2 * SECOND;

  private final RecentArrivals recentArrivals = new RecentArrivals();

  @Test
  void aConnectionThatCameLatelyIsARecentArrivalAndAnOlderOneIsNot() {
    recentArrivals.add(VIEWER, 0);
    recentArrivals.add(VIEWER, LATER);
    recentArrivals.add(USER, LATER + SECOND);
    assertThat(recentArrivals.within(LATER + SECOND)).isEqualTo(new Count(1, 1));
    assertThat(recentArrivals.within(3 * LATER)).isEqualTo(Count.ZERO);
  }

  @Test
  void aConnectionThatLeavesAndComesAgainIsNoRecentArrival() {
    recentArrivals.add(Count.ZERO.minus(VIEWER), 0);
    recentArrivals.add(VIEWER, SECOND);
    recentArrivals.add(USER, SECOND);
    assertThat(recentArrivals.within(SECOND)).isEqualTo(USER);
  }

  @Test
  void oneKindThatShrinksTakesNothingFromTheOther() {
    recentArrivals.add(Count.ZERO.minus(VIEWER), 0);
    recentArrivals.add(USER, SECOND);
    assertThat(recentArrivals.within(SECOND)).isEqualTo(USER);
  }
}
