package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.count.NodeCount;
import org.rollcall.presence.Topic;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/**
 * The count that a node published last is the one that all nodes have, whichever nodes come or go.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PublishingTest extends TwoNodeFixture {
  /** So many that each node decides about some. */
  private static final List<Topic> TOPICS =
      IntStream.range(0, 8).mapToObj(i -> new Topic("count:" + i)).toList();

  private static final int CHANGES = 20;

  PublishingTest() {
    super("PT0S");
  }

  /** Publishes some changes of each topic as fast as they come, and waits until they are there. */
  private static void publish(LocalNode node, AtomicBoolean going) {
    InfinispanCountStore store = node.node().caches().countStore();
    for (int users = 0; going.get(); users += CHANGES) {
      for (int i = 1; i <= CHANGES; i++) {
        for (Topic topic : TOPICS) {
          store.publish(topic, new NodeCount(new Count(0, users + i), Map.of()));
        }
      }
      store.awaitWritten();
      for (Topic topic : TOPICS) {
        // The audit writes a count again that could not be written.
        if (store.writer().isSettled(topic)) {
          assertThat(nodeCount(node, node, topic))
              .as("of %s", topic)
              .isEqualTo(new NodeCount(new Count(0, users + CHANGES), Map.of()));
        }
      }
    }
  }

  /** Returns what one node has of another. */
  private static NodeCount nodeCount(LocalNode here, LocalNode of, Topic topic) {
    Cache<InfinispanCountStore.Key, NodeCount> all =
        here.node().caches().manager().getCache(CacheConfigurations.COUNTS);
    return all.getAdvancedCache()
        .withFlags(Flag.CACHE_MODE_LOCAL)
        .getOrDefault(
            new InfinispanCountStore.Key(topic, of.node().caches().members().self()),
            NodeCount.NONE);
  }

  @Test
  void theLastCountIsTheOneThatAllHave() {
    AtomicBoolean going = new AtomicBoolean(true);
    List<CompletableFuture<Void>> publishers = new ArrayList<>();
    for (LocalNode node : List.of(one, two)) {
      publishers.add(
          CompletableFuture.runAsync(
              () -> publish(node, going),
              work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                thread.start();
              }));
    }
    try {
      for (int i = 0; i < 3; i++) {
        LocalNode three = clusterFixture.start();
        clusterFixture.stop(three);
      }
      clusterFixture.start();
    } finally {
      going.set(false);
    }
    publishers.forEach(CompletableFuture::join);
    for (LocalNode node : clusterFixture.running()) {
      for (LocalNode publisher : List.of(one, two)) {
        for (Topic topic : TOPICS) {
          NodeCount last = nodeCount(publisher, publisher, topic);
          Await.until(() -> assertThat(nodeCount(node, publisher, topic)).isEqualTo(last));
        }
      }
      assertThat(node.node().repairs()).isZero();
    }
  }
}
