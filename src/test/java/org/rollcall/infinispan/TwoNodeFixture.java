package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Two nodes of one cluster in this process. A test may start more, and stop or cut off any. */
abstract class TwoNodeFixture {
  final ClusterFixture clusterFixture;
  final LocalNode one;
  final LocalNode two;

  /** Starts the nodes, with this grace for lost connections. */
  TwoNodeFixture(String grace) {
    clusterFixture = new ClusterFixture(Map.of("rollcall.grace", grace));
    one = clusterFixture.start();
    two = clusterFixture.start();
  }

  @AfterEach
  final void stop() {
    clusterFixture.close();
  }

  static VisibilityRules rules(LocalNode node) {
    return node.node().visibility().rules();
  }

  /** Waits until a node shows that a user is online, or is not. */
  static void awaitPresent(LocalNode node, String user, boolean present) {
    Topic topic = Topic.ofUser(user);
    Await.until(
        () ->
            assertThat(node.node().tracker().list(topic).metas().containsKey(user))
                .isEqualTo(present));
  }
}
