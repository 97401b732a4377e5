package org.rollcall.cluster;

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
    try (Nodes nodes = new Nodes(Map.of())) {
      LocalNode one = nodes.start();
      LocalNode two = nodes.start();
      LocalNode three = nodes.start();
      nodes.split(List.of(List.of(one), List.of(two, three)));
      awaitCutOff(one, true);
      awaitCutOff(two, false);
      awaitCutOff(three, false);
      nodes.merge();
      awaitCutOff(one, false);
    }
  }

  @Test
  void aNodeWhoseOthersAllStopOneAfterTheOtherIsReady() {
    try (Nodes nodes = new Nodes(Map.of())) {
      LocalNode one = nodes.start();
      LocalNode two = nodes.start();
      LocalNode three = nodes.start();
      nodes.stop(three);
      nodes.stop(two);
      awaitCutOff(one, false);
      assertThat(one.node().health().connected().getAsBoolean()).isTrue();
    }
  }
}
