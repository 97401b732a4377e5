package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.rollcall.presence.Topic;
import org.rollcall.social.Rules;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Two nodes of one cluster in this process. A test may start more, and stop or cut off any. */
abstract class TwoNodes {
  final Nodes nodes;
  final LocalNode one;
  final LocalNode two;

  /** Starts the nodes, where whoever is lost lingers for this time. */
  TwoNodes(String grace) {
    nodes = new Nodes(Map.of("rollcall.grace", grace));
    one = nodes.start();
    two = nodes.start();
  }

  @AfterEach
  final void stop() {
    nodes.close();
  }

  static Rules rules(LocalNode node) {
    return node.node().visibility().rules();
  }

  /** Waits until a node tells that a user is here, or not. */
  static void awaitPresent(LocalNode node, String user, boolean present) {
    Topic topic = Topic.ofUser(user);
    Await.until(
        () ->
            assertThat(node.node().tracker().list(topic).metas().containsKey(user))
                .isEqualTo(present));
  }
}
