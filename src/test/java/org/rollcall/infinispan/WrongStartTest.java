package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.WrongSetting;
import org.rollcall.infinispan.TcpClusterFixture.Outcome;
import org.rollcall.infinispan.TcpClusterFixture.Watch;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LoggedTroubles;

/** Nodes that a cluster must not take in, and that running nodes do not notice. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WrongStartTest {
  private static final Map<String, String> RIGHT =
      Map.of("rollcall.cluster.secret", "correct horse battery");
  private static final Map<String, String> WRONG =
      Map.of("rollcall.cluster.secret", "another horse battery");

  private final TcpClusterFixture nodes = new TcpClusterFixture();

  @Test
  void aNodeWithAnotherSecretDoesNotStart() {
    try (LocalNode one = nodes.start(0, RIGHT)) {
      Watch watch = new Watch(one);
      for (Map<String, String> wrong : List.of(WRONG, Map.<String, String>of())) {
        assertThatThrownBy(() -> nodes.start(1, wrong))
            .isInstanceOf(WrongSetting.class)
            .hasMessageStartingWith("rollcall.cluster.secret: expected the same secret");
        watch.assertUndisturbed();
      }
    }
  }

  @Test
  void twoNodesWithTheSameWrongSecretDoNotStartBesideTheOthers() {
    try (LocalNode one = nodes.start(0, RIGHT)) {
      Watch watch = new Watch(one);
      try (Outcome outcome = nodes.startAtOnce(Map.of(1, WRONG, 2, WRONG))) {
        assertThat(outcome.up()).isEmpty();
        assertThat(outcome.failures())
            .hasSize(2)
            .allSatisfy(
                failure ->
                    assertThat(failure)
                        .isInstanceOf(WrongSetting.class)
                        .hasMessageStartingWith("rollcall.cluster.secret: expected the same"));
      }
      watch.assertUndisturbed();
    }
  }

  @Test
  void aSecondNodeOfTheSameNameDoesNotStart() {
    try (LocalNode one = nodes.start(0, Map.of())) {
      Watch watch = new Watch(one);
      assertThatThrownBy(() -> nodes.start(1, Map.of("rollcall.node", "node-0")))
          .isInstanceOf(WrongSetting.class)
          .hasMessageStartingWith("rollcall.node: expected a name that no other node has");
      watch.assertUndisturbed();
    }
  }

  @Test
  void aNodeWithAnotherLayoutDoesNotStart() {
    try (LocalNode one = nodes.start(0, Map.of())) {
      one.node().caches().registry().pretend("7 node-0");
      Watch watch = new Watch(one);
      assertThatThrownBy(() -> nodes.start(1, Map.of()))
          .isInstanceOf(WrongSetting.class)
          .hasMessageContaining("node-0 with layout 7: stop all nodes");
      watch.assertUndisturbed();
    }
  }

  @Test
  void ofNodesOfOneNameThatStartAtOnceOneStays() {
    Map<String, String> same = Map.of("rollcall.node", "same");
    try (Outcome outcome = nodes.startAtOnce(Map.of(0, same, 1, same, 2, same))) {
      assertThat(outcome.up()).hasSize(1);
      assertThat(outcome.failures())
          .hasSize(2)
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(WrongSetting.class)
                      .hasMessageStartingWith("rollcall.node"));
      ClusterFixture.awaitView(outcome.up());
    }
  }

  @Test
  void nodesOfOneNameThatMeetSaySoAndGoOn() {
    try (LoggedTroubles troubles = new LoggedTroubles();
        LocalNode one = nodes.start(0, Map.of());
        LocalNode two = nodes.start(1, Map.of())) {
      two.node().caches().registry().pretend(NodeRegistry.LAYOUT + " node-0 up");
      Await.until(
          () ->
              assertThat(troubles.all())
                  .filteredOn(line -> line.contains("this node's name, node-0: stop one of them"))
                  .hasSize(2));
      assertThat(one.node().caches().members().up()).hasSize(2);
      assertThat(two.node().caches().members().up()).hasSize(2);
    }
  }
}
