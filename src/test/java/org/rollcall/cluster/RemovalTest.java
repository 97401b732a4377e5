package org.rollcall.cluster;

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
import org.rollcall.count.Share;
import org.rollcall.presence.Departure;
import org.rollcall.presence.Entry;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.social.Rule;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** What is removed is removed from every copy, whoever has it and whoever comes or goes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RemovalTest extends TwoNodes {
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
      Entry entry =
          node.node()
              .tracker()
              .track(new Topic("room:1"), "u" + client, Meta.of(1, ""), () -> true);
      Entry changed = node.node().tracker().update(entry, Meta.of(2, ""));
      node.node().tracker().end(changed, Departure.LEFT);
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
      LocalNode three = nodes.start();
      LocalNode four = nodes.start();
      nodes.stop(three);
      nodes.stop(four);
    }
    nodes.start();
    going.set(false);
    clients.forEach(CompletableFuture::join);
    for (LocalNode node : nodes.running()) {
      assertThat(copy(node, Caches.ENTRIES)).isEmpty();
      assertThat(node.node().repairs()).isZero();
    }
  }

  @Test
  void aRuleThatOneNodeHasLostIsLiftedOnTheOtherToo() {
    for (String name : NAMES) {
      one.node().caches().rules().put(Rule.hidden(name), 1);
      one.node().caches().rules().put(Rule.blocked(name), 1);
      copy(one, Caches.RULES).remove(Rule.hidden(name));
      one.node().caches().rules().remove(Rule.hidden(name));
      one.node().caches().rules().remove(Rule.blocked(name), 1);
    }
    for (LocalNode node : nodes.running()) {
      assertThat(copy(node, Caches.RULES).keySet()).allMatch(rule -> !NAMES.contains(user(rule)));
    }
  }

  private static String user(Object rule) {
    return ((Rule) rule).user();
  }

  @Test
  void aShareThatOneNodeHasLostIsRemovedOnTheOtherToo() {
    Share share = new Share(new Count(0, 1), Map.of());
    CacheCountStore shares = one.node().caches().shares();
    for (String name : NAMES) {
      Topic topic = new Topic("count:" + name);
      shares.publish(topic, share);
      CacheCountStore.Key key =
          new CacheCountStore.Key(topic, one.node().caches().members().self());
      Await.until(() -> assertThat(copy(two, Caches.SHARES)).containsEntry(key, share));
      copy(one, Caches.SHARES).remove(key);
      shares.publish(topic, Share.NONE);
    }
    Await.until(() -> assertThat(copy(two, Caches.SHARES)).isEmpty());
    // Nor was it the reconciler who saw to it.
    assertThat(two.node().repairs()).isZero();
  }
}
