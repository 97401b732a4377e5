package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** By how many a count has grown lately. */
class GrowthTest {
  private static final Count VIEWER = Count.one(Count.Kind.VIEWER);
  private static final Count USER = Count.one(Count.Kind.USER);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long LATER = Growth.WINDOW.toNanos() + 2 * SECOND;

  private final Growth growth = new Growth();

  @Test
  void whoCameLatelyIsGrowthAndWhoCameLongAgoIsNot() {
    growth.add(VIEWER, 0);
    growth.add(VIEWER, LATER);
    growth.add(USER, LATER + SECOND);
    assertThat(growth.within(LATER + SECOND)).isEqualTo(new Count(1, 1));
    assertThat(growth.within(3 * LATER)).isEqualTo(Count.ZERO);
  }

  @Test
  void whoLeavesAndComesAgainIsNoGrowth() {
    growth.add(Count.ZERO.minus(VIEWER), 0);
    growth.add(VIEWER, SECOND);
    growth.add(USER, SECOND);
    assertThat(growth.within(SECOND)).isEqualTo(USER);
  }

  @Test
  void oneKindThatShrinksTakesNothingFromTheOther() {
    growth.add(Count.ZERO.minus(VIEWER), 0);
    growth.add(USER, SECOND);
    assertThat(growth.within(SECOND)).isEqualTo(USER);
  }
}
