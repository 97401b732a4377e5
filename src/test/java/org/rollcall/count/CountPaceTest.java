package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rollcall.presence.Topic;

/** When a change of a count is sent. */
class CountPaceTest extends CountsFixture {
  @Test
  void aChangeFromOrToZeroIsToldAtOnce() {
    Client watcher = new Client();
    counts.enter(TOPIC, Count.Kind.NONE, watcher);
    Counts.Registration place = counts.enter(TOPIC, Count.Kind.USER, new Client());
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(new Count(0, 1));
    pass(INTERVAL);
    place.close();
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(Count.ZERO);
    assertThat(watcher.diffs).isEqualTo(2);
  }

  @Test
  void aChangeThatManyAreToldCountsAsOneDiffAndOneThatNobodyIsToldAsNone() {
    counts.enter(TOPIC, Count.Kind.NONE, new Client());
    counts.enter(TOPIC, Count.Kind.NONE, new Client());
    pass(INTERVAL);
    assertThat(counts.diffs()).isZero();
    counts.enter(TOPIC, Count.Kind.USER, new Client());
    pass(INTERVAL);
    assertThat(counts.diffs()).isEqualTo(1);
    counts.enter(new Topic("count:2"), Count.Kind.USER, new Client());
    pass(INTERVAL);
    assertThat(counts.diffs()).isEqualTo(1);
  }

  @Test
  void aChangeToZeroIsToldAtOnceAlsoShortlyAfterAnother() {
    Client watcher = new Client();
    counts.enter(TOPIC, Count.Kind.NONE, watcher);
    Counts.Registration first = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    pass(INTERVAL);
    Counts.Registration second = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(new Count(2, 0));
    first.close();
    second.close();
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(Count.ZERO);
  }

  @Test
  void ofManyTurnsInAnIntervalOneIsToldAndWritten() {
    Client watcher = new Client();
    counts.enter(TOPIC, Count.Kind.NONE, watcher);
    for (int i = 0; i < 300; i++) {
      Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
      pass(Duration.ofMillis(5));
      place.close();
      pass(Duration.ofMillis(5));
    }
    assertThat(watcher.diffs).isBetween(2, 4);
    assertThat(store.writes).isBetween(2, 4);
    pass(INTERVAL);
    assertThat(watcher.shown).isEqualTo(Count.ZERO);
    assertThat(store.published).containsEntry(TOPIC, NodeCount.NONE);
  }

  @Test
  void ofManyTurnsThatNobodyHereWatchesFewAreWritten() {
    for (int i = 0; i < 300; i++) {
      Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
      pass(Duration.ofMillis(5));
      place.close();
      pass(Duration.ofMillis(5));
    }
    assertThat(store.writes).isBetween(2, 8);
  }

  @Test
  void turnsOfOtherNodesAreToldOncePerInterval() {
    Client watcher = new Client();
    counts.enter(TOPIC, Count.Kind.NONE, watcher);
    for (int i = 0; i < 300; i++) {
      store.otherNodes =
          OtherNodes.NONE.plusUp(new NodeCount(new Count(i % 2, 0), Map.of()), "node-1");
      Objects.requireNonNull(store.changed).accept(TOPIC);
      pass(Duration.ofMillis(10));
    }
    assertThat(watcher.diffs).isBetween(2, 4);
  }

  @Test
  void howeverManyComeAndGoThereAreAtMostThreeDiffsInTwoIntervals() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Topic topic = new Topic("count:turns-" + seed);
      Client watcher = new Client();
      counts.enter(topic, Count.Kind.NONE, watcher);
      List<Counts.Registration> places = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        if (places.isEmpty() || (places.size() < 3 && random.nextBoolean())) {
          places.add(counts.enter(topic, Count.Kind.USER, new Client()));
        } else {
          places.remove(0).close();
        }
        pass(Duration.ofMillis(random.nextInt(40)));
      }
      assertThat(watcher.diffs).as("seed %s", seed).isLessThanOrEqualTo(2 + 10 * 3 / 2);
      places.forEach(Counts.Registration::close);
      pass(INTERVAL);
      assertThat(watcher.shown).isEqualTo(Count.ZERO);
    }
  }

  @Test
  void otherChangesAreToldOncePerInterval() {
    Client first = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, first);
    pass(Duration.ZERO);
    List<Client> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Client client = new Client();
      all.add(client);
      counts.enter(TOPIC, Count.Kind.VIEWER, client);
      pass(Duration.ofMillis(1));
    }
    assertThat(first.diffs).isZero();
    pass(INTERVAL);
    assertThat(first.diffs).isEqualTo(1);
    assertThat(all).allSatisfy(client -> assertThat(client.shown).isEqualTo(new Count(301, 0)));
    assertThat(all).allSatisfy(client -> assertThat(client.diffs).isLessThanOrEqualTo(1));
  }

  @Test
  void aChangeAfterAQuietIntervalIsToldAtOnce() {
    Client first = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, first);
    pass(INTERVAL.multipliedBy(2));
    counts.enter(TOPIC, Count.Kind.USER, new Client());
    executor.runAll();
    assertThat(first.shown).isEqualTo(new Count(1, 1));
  }
}
