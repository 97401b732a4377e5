package org.rollcall.cluster;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random walks of two and three nodes. {@code -Drollcall.walks=1000} takes more of them, {@code
 * -Drollcall.seed=7} begins with another one.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
class ClusterWalkTest {
  private static final int WALKS = Integer.getInteger("rollcall.walks", 2);
  private static final long SEED = Long.getLong("rollcall.seed", 1);
  private static final int PHASES = 4;
  private static final int STEPS = 600;

  @Test
  void afterEveryQuietEveryNodeKnowsTheTruth() {
    for (long seed = SEED; seed < SEED + WALKS; seed++) {
      try (ClusterWalk walk = new ClusterWalk(seed, 2 + (int) (seed % 2))) {
        for (int phase = 0; phase < PHASES; phase++) {
          walk.phase(STEPS);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      System.getLogger("org.rollcall").log(System.Logger.Level.INFO, "Walk {0} was right", seed);
    }
  }
}
