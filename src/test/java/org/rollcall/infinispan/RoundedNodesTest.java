package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.presence.Topic;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;

/** All nodes show the same number of a rounded count, also while nodes come and go. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RoundedNodesTest {
  private static final Topic TOPIC = new Topic("count:1");

  private final ClusterFixture clusterFixture =
      new ClusterFixture(
          Map.of(
              "rollcall.counts.floor", "5",
              "rollcall.counts.period", "PT1S",
              "rollcall.counts.interval", "PT0.05S",
              "rollcall.grace", "PT1S"));

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private static void come(LocalNode node, int viewers) {
    for (int i = 0; i < viewers; i++) {
      node.node().counts().enter(TOPIC, Count.Kind.VIEWER, new CountWatcher());
    }
  }

  private static CountWatcher watch(LocalNode node) {
    CountWatcher watcher = new CountWatcher();
    node.node().counts().enter(TOPIC, Count.Kind.NONE, watcher);
    return watcher;
  }

  private static void assertShow(int viewers, LocalNode... shown) {
    Await.until(
        () -> {
          for (LocalNode node : shown) {
            assertThat(node.node().counts().count(TOPIC)).isEqualTo(new Count(viewers, 0));
          }
        });
  }

  @Test
  void allNodesShowTheSameWhicheverDecides() {
    final LocalNode senior = clusterFixture.start();
    final LocalNode other = clusterFixture.start();
    final CountWatcher watcher = watch(other);
    come(senior, 4);
    come(other, 3);
    assertShow(5, senior, other);
    LocalNode late = clusterFixture.start();
    assertShow(5, senior, other, late);
    clusterFixture.stop(senior);
    come(late, 6);
    come(other, 3);
    assertShow(10, other, late);
    Await.until(() -> assertThat(watcher.shown()).isEqualTo(new Count(10, 0)));
  }
}
