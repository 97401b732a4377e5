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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.count.NodeCount;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/**
 * A removed entry is removed from every replica, whichever node owns it and whichever nodes come
 * and go.
 */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RemovalTest extends TwoNodeFixture {
  /** So many that each node decides about some. */
  private static final List<String> NAMES = IntStream.range(0, 40).mapToObj(i -> "u" + i).toList();

  private static final int CLIENTS = 8;

  RemovalTest() {
    super("PT0S");
  }

  private static Cache<Object, Object> copy(LocalNode node, String cache) {
    Cache<Object, Object> whole = node.node().caches().manager().getCache(cache);
    return whole.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  /** Joins, changes and leaves again and again. */
  private void comeAndGo(int client, AtomicBoolean going) {
    LocalNode node = client % 2 == 0 ? one : two;
    while (going.get()) {
      TrackedEntry entry =
          node.node()
              .tracker()
              .track(new Topic("room:1"), "u" + client, Meta.of(1, ""), () -> true);
      entry.update(Meta.of(2, "\"n\":2"));
      entry.end(LeaveReason.LEFT);
    }
  }

  @Test
  void leavesWhileNodesComeAndGoLeaveNobodyBehind() {
    AtomicBoolean going = new AtomicBoolean(true);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(
          CompletableFuture.runAsync(
              () -> comeAndGo(client, going), work -> new Thread(work).start()));
    }
    for (int i = 0; i < 2; i++) {
      LocalNode three = clusterFixture.start();
      LocalNode four = clusterFixture.start();
      clusterFixture.stop(three);
      clusterFixture.stop(four);
    }
    clusterFixture.start();
    going.set(false);
    clients.forEach(CompletableFuture::join);
    for (LocalNode node : clusterFixture.running()) {
      assertThat(copy(node, CacheConfigurations.ENTRIES)).isEmpty();
      assertThat(node.node().repairs()).isZero();
    }
  }

  @Test
  void aRuleThatOneNodeHasLostIsLiftedOnTheOtherToo() {
    for (String name : NAMES) {
      one.node().caches().rules().put(VisibilityRule.hidden(name), 1);
      one.node().caches().rules().put(VisibilityRule.blocked(name), 1);
      copy(one, CacheConfigurations.RULES).remove(VisibilityRule.hidden(name));
      one.node().caches().rules().remove(VisibilityRule.hidden(name));
      one.node().caches().rules().remove(VisibilityRule.blocked(name), 1);
    }
    for (LocalNode node : clusterFixture.running()) {
      assertThat(copy(node, CacheConfigurations.RULES).keySet())
          .allMatch(rule -> !NAMES.contains(user(rule)));
    }
  }

  private static String user(Object rule) {
    return ((VisibilityRule) rule).user();
  }

  @Test
  void aCountThatOneNodeHasLostIsRemovedOnTheOtherToo() {
    NodeCount nodeCount = new NodeCount(new Count(0, 1), Map.of());
    InfinispanCountStore store = one.node().caches().countStore();
    for (String name : NAMES) {
      Topic topic = new Topic("count:" + name);
      store.publish(topic, nodeCount);
      InfinispanCountStore.Key key =
          new InfinispanCountStore.Key(topic, one.node().caches().members().self());
      Await.until(
          () -> assertThat(copy(two, CacheConfigurations.COUNTS)).containsEntry(key, nodeCount));
      copy(one, CacheConfigurations.COUNTS).remove(key);
      store.publish(topic, NodeCount.NONE);
    }
    Await.until(() -> assertThat(copy(two, CacheConfigurations.COUNTS)).isEmpty());
    // Nor was it the reconciler who saw to it.
    assertThat(two.node().repairs()).isZero();
  }
}
