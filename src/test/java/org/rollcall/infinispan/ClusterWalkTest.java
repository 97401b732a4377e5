package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random walks of two and three nodes: two that are always the same, and one that the clock begins.
 * {@code -Drollcall.seed=7} takes this one only, {@code -Drollcall.walks=1000} so many from there
 * on. A seed gives the same steps, though not to the same moment.
 */
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterWalkTest {
  private static final Logger LOG = System.getLogger(ClusterWalkTest.class.getName());
  private static final int PHASES = 4;
  private static final int STEPS = 600;

  static LongStream seeds() {
    Long first = Long.getLong("rollcall.seed");
    Integer walks = Integer.getInteger("rollcall.walks");
    if (first == null && walks == null) {
      return LongStream.of(1, 2, System.currentTimeMillis());
    }
    long from = first == null ? 1 : first;
    return LongStream.range(from, from + (walks == null ? 1 : walks));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void afterEveryQuietEveryNodeKnowsTheTruth(long seed) {
    // Before it begins: a walk that hangs is known by it.
    LOG.log(Level.INFO, "A walk begins; -Drollcall.seed={0} repeats it", String.valueOf(seed));
    try (ClusterWalk walk = new ClusterWalk(seed, 2 + (int) (seed % 2))) {
      for (int phase = 0; phase < PHASES; phase++) {
        walk.phase(STEPS);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
