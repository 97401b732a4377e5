package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Which nodes of a cluster take clients when some are lost. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReadinessTest {
  private static void awaitCutOff(LocalNode node, boolean cutOff) {
    Await.until(() -> assertThat(node.node().health().quorum().isLost()).isEqualTo(cutOff));
  }

  @Test
  void theSmallerPartOfAClusterIsNotReadyUntilItIsBack() {
    try (ClusterFixture clusterFixture = new ClusterFixture(Map.of())) {
      LocalNode one = clusterFixture.start();
      LocalNode two = clusterFixture.start();
      LocalNode three = clusterFixture.start();
      clusterFixture.split(List.of(List.of(one), List.of(two, three)));
      awaitCutOff(one, true);
      awaitCutOff(two, false);
      awaitCutOff(three, false);
      clusterFixture.merge();
      awaitCutOff(one, false);
    }
  }

  @Test
  void aNodeWhoseOthersAllStopOneAfterTheOtherIsReady() {
    try (ClusterFixture clusterFixture = new ClusterFixture(Map.of())) {
      LocalNode one = clusterFixture.start();
      LocalNode two = clusterFixture.start();
      LocalNode three = clusterFixture.start();
      clusterFixture.stop(three);
      clusterFixture.stop(two);
      awaitCutOff(one, false);
      assertThat(one.node().health().connected().getAsBoolean()).isTrue();
    }
  }
}
