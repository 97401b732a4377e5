package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.MemberTable;
import org.rollcall.cluster.Membership;
import org.rollcall.presence.Topic;
import org.rollcall.testing.CountWatcher;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryShown;

/** Nodes that share the shown numbers, and whose lot always draws zero: five are shown as five. */
class CountRoundingRenewalTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final MemoryShown shown = new MemoryShown();
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> up = new ArrayList<>(List.of("one", "two"));
  private final Map<String, Map<Topic, NodeCount>> nodeCounts = new HashMap<>();
  private Instant now = Instant.ofEpochSecond(6000);
  private final Node one = new Node("one");
  private final Node two = new Node("two");

  /** A node with the counts of all. */
  private final class Node implements CountStore, Membership {
    final String name;
    final CountRounding.Decided rounding = new CountRounding.Decided(shown, PERIOD, () -> now);
    final Counts counts;
    final CountRoundingRenewal renewal;
    final Map<Topic, NodeCount> own = new HashMap<>();

    Node(String name) {
      this.name = name;
      nodeCounts.put(name, own);
      this.counts =
          new Counts(
              this,
              new Counts.Telling(Duration.ofSeconds(1), rounding),
              executor,
              (task, delay) -> {},
              () -> now.toEpochMilli() * 1_000_000);
      this.renewal =
          new CountRoundingRenewal(
              counts, rounding, new CountRoundingRenewal.Step(5, any -> 0), this, executor);
    }

    void come(int viewers) {
      for (int i = 0; i < viewers; i++) {
        counts.enter(TOPIC, Count.Kind.VIEWER, new CountWatcher());
      }
      counts.freeze();
    }

    private final MemberTable table = new MemberTable();

    @Override
    public MemberTable table() {
      return table;
    }

    @Override
    public void publish(Topic topic, NodeCount nodeCount) {
      own.put(topic, nodeCount);
    }

    @Override
    public OtherNodes others(Topic topic) {
      OtherNodes otherNodes = OtherNodes.NONE;
      for (Map.Entry<String, Map<Topic, NodeCount>> node : nodeCounts.entrySet()) {
        if (!node.getKey().equals(name)) {
          otherNodes = otherNodes.plusUp(node.getValue().getOrDefault(topic, NodeCount.NONE), name);
        }
      }
      return otherNodes;
    }

    @Override
    public Set<Topic> topics() {
      return Set.of(TOPIC);
    }

    @Override
    public void listen(Consumer<Topic> changed) {}

    @Override
    public String self() {
      return name;
    }

    @Override
    public List<String> up() {
      return up;
    }

    @Override
    public void listen(Runnable changed) {}

    int shows() {
      return counts.count(TOPIC).viewers();
    }
  }

  private void period() {
    now = now.plus(PERIOD);
    one.renewal.tick();
    two.renewal.tick();
    executor.runAll();
  }

  @Test
  void allNodesShowTheNumberThatOneDecides() {
    two.come(7);
    assertThat(one.shows()).isZero();
    period();
    assertThat(one.shows()).isEqualTo(5);
    assertThat(two.shows()).isEqualTo(5);
  }

  @Test
  void aNumberMovesOncePerPeriodOnly() {
    one.come(7);
    period();
    one.come(10);
    one.renewal.tick();
    executor.runAll();
    assertThat(one.shows()).isEqualTo(5);
    now = now.plus(PERIOD.minusSeconds(1));
    one.renewal.tick();
    executor.runAll();
    assertThat(one.shows()).isEqualTo(5);
    period();
    assertThat(one.shows()).isEqualTo(15);
  }

  @Test
  void watchersAreToldWhenTheNumberMoves() {
    CountWatcher watcher = new CountWatcher();
    two.counts.enter(TOPIC, Count.Kind.NONE, watcher);
    one.come(7);
    executor.runAll();
    assertThat(watcher.diffs()).isZero();
    period();
    executor.runAll();
    assertThat(watcher.shown()).isEqualTo(new Count(5, 0));
    assertThat(watcher.diffs()).isEqualTo(1);
  }

  @Test
  void whenTheSeniorGoesTheNextDecidesInTheNextPeriod() {
    one.come(7);
    period();
    up.remove("one");
    two.come(10);
    assertThat(two.shows()).isEqualTo(5);
    period();
    assertThat(two.shows()).isEqualTo(15);
  }

  @Test
  void aDecisionThatIsNotRenewedIsVoidAfterThreePeriods() {
    one.come(7);
    period();
    up.add(0, "three");
    for (int i = 0; i < 3; i++) {
      period();
      assertThat(two.shows()).isEqualTo(5);
    }
    period();
    assertThat(two.shows()).isZero();
    assertThat(shown.size()).isZero();
  }

  @Test
  void aTopicThatShowsZeroIsForgotten() {
    Counts.Registration[] places = new Counts.Registration[6];
    for (int i = 0; i < places.length; i++) {
      places[i] = one.counts.enter(TOPIC, Count.Kind.USER, new CountWatcher());
    }
    period();
    assertThat(two.counts.count(TOPIC)).isEqualTo(new Count(0, 5));
    for (Counts.Registration place : places) {
      place.close();
    }
    period();
    assertThat(two.counts.count(TOPIC)).isEqualTo(Count.ZERO);
    for (int i = 0; i < 4; i++) {
      period();
    }
    assertThat(shown.size()).isZero();
  }
}
