package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.count.Counts;
import org.rollcall.presence.Topic;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.LocalNode;

/** Counts add up while nodes join the cluster. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CountJoinTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final long SEED = 1;
  private static final int LEAST_STEPS = 20_000;
  private static final int MOST_STEPS = 20_000_000;

  /** There are never fewer of a kind, nor more. */
  private static final int LEAST = 10;

  private static final int MOST = 30;

  private final ClusterFixture clusterFixture =
      new ClusterFixture(Map.of("rollcall.counts.interval", "PT0.02S"));
  private final Queue<String> impossible = new ConcurrentLinkedQueue<>();
  private final Map<LocalNode, CountWatcher> watchers = new HashMap<>();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  /** The visitors of one kind on one node. Of one thread at a time. */
  private static final class Visitors {
    private final Counts counts;
    private final Count.Kind kind;
    private final List<Counts.Registration> places = new ArrayList<>();

    Visitors(LocalNode node, Count.Kind kind) {
      this.counts = node.node().counts();
      this.kind = kind;
      while (places.size() < LEAST) {
        enter();
      }
    }

    private void enter() {
      places.add(counts.enter(TOPIC, kind, new CountWatcher()));
    }

    void step(Random random) {
      if (places.size() == LEAST || (places.size() < MOST && random.nextBoolean())) {
        enter();
      } else {
        places.remove(random.nextInt(places.size())).close();
      }
    }

    int size() {
      return places.size();
    }
  }

  /** Watches what a node shows from now on. */
  private void watch(LocalNode node) {
    check(node, node.node().counts().count(TOPIC));
    CountWatcher watcher = new CountWatcher();
    CountSubscriber checked =
        new CountSubscriber() {
          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void onState(Count state) {
            check(node, state);
            watcher.onState(state);
          }

          @Override
          public void onDiff(Change change) {
            check(node, change.to());
            watcher.onDiff(change);
          }
        };
    node.node().counts().enter(TOPIC, Count.Kind.NONE, checked);
    watchers.put(node, watcher);
  }

  private void check(LocalNode node, Count shown) {
    if (!isPossible(shown.viewers()) || !isPossible(shown.users())) {
      impossible.add(ClusterFixture.channel(node).getName() + " shows " + shown);
    }
  }

  private static boolean isPossible(int number) {
    return number >= LEAST && number <= MOST;
  }

  @Test
  void clientsThatComeAndLeaveWhileNodesJoinAreCountedOnEveryNode() throws InterruptedException {
    LocalNode one = clusterFixture.start();
    Random random = new Random(SEED);
    List<Visitors> visitors =
        List.of(new Visitors(one, Count.Kind.VIEWER), new Visitors(one, Count.Kind.USER));
    watch(one);
    AtomicBoolean joining = new AtomicBoolean(true);
    Thread load =
        new Thread(
            () -> {
              for (int i = 0; i < LEAST_STEPS || (joining.get() && i < MOST_STEPS); i++) {
                visitors.get(random.nextInt(visitors.size())).step(random);
              }
            });
    load.start();
    try {
      for (int i = 0; i < 2; i++) {
        watch(clusterFixture.start());
        clusterFixture.running().forEach(node -> check(node, node.node().counts().count(TOPIC)));
      }
    } finally {
      joining.set(false);
      load.join();
    }
    Count truth = new Count(visitors.get(0).size(), visitors.get(1).size());
    for (LocalNode node : clusterFixture.running()) {
      Await.until(() -> assertThat(node.node().counts().count(TOPIC)).isEqualTo(truth));
      Await.until(
          () -> assertThat(watchers).extractingByKey(node).returns(truth, CountWatcher::shown));
    }
    assertThat(impossible).isEmpty();
  }
}
