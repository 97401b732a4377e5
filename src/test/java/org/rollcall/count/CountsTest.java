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

class CountsTest extends CountsFixture {
  @Test
  void aViewersOwnStateCountsItself() {
    Client client = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, client);
    assertThat(client.shown).isEqualTo(new Count(1, 0));
    pass(INTERVAL);
    assertThat(client.diffs).isZero();
  }

  @Test
  void theOthersKnowOfEveryoneAtOnceWhenTheNodeIsAboutToGoOrStaysAfterAll() {
    counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    executor.runAll();
    Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    executor.runAll();
    assertThat(store.published.get(TOPIC)).isEqualTo(new NodeCount(new Count(1, 0), Map.of()));
    counts.freeze();
    assertThat(store.published.get(TOPIC)).isEqualTo(new NodeCount(new Count(2, 0), Map.of()));
    place.close();
    executor.runAll();
    assertThat(store.published.get(TOPIC)).isEqualTo(new NodeCount(new Count(2, 0), Map.of()));
    counts.thaw();
    assertThat(store.published.get(TOPIC)).isEqualTo(new NodeCount(new Count(1, 0), Map.of()));
  }

  @Test
  void closingAPlaceTwiceCountsOnce() {
    Client first = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, first);
    Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    place.close();
    place.close();
    pass(INTERVAL);
    assertThat(counts.count(TOPIC)).isEqualTo(new Count(1, 0));
  }

  @Test
  void countsOfOtherNodesAreAddedUpAndTold() {
    Client client = new Client();
    counts.enter(TOPIC, Count.Kind.USER, client);
    pass(INTERVAL);
    store.otherNodes = OtherNodes.NONE.plusUp(new NodeCount(new Count(5, 2), Map.of()), "node-1");
    Objects.requireNonNull(store.changed).accept(TOPIC);
    pass(INTERVAL);
    assertThat(client.shown).isEqualTo(new Count(5, 3));
    assertThat(counts.count(TOPIC)).isEqualTo(new Count(5, 3));
  }

  @Test
  void theLastToLeaveRemovesTheNodesCount() {
    Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    pass(INTERVAL);
    assertThat(store.published).containsEntry(TOPIC, new NodeCount(new Count(1, 0), Map.of()));
    place.close();
    pass(INTERVAL);
    assertThat(store.published).containsEntry(TOPIC, NodeCount.NONE);
    assertThat(counts.topics()).isZero();
  }

  @Test
  void aConnectionThatCameAndLeftUnnoticedLeavesNoCounter() {
    counts.enter(TOPIC, Count.Kind.VIEWER, new Client()).close();
    pass(INTERVAL);
    assertThat(counts.topics()).isZero();
  }

  @Test
  void everyClientIsExactAfterEachTellingWhateverHappened() {
    for (long seed = 0; seed < 200; seed++) {
      walk(new Random(seed), new Topic("count:walk-" + seed), seed);
    }
  }

  private record Visit(Client client, Counts.Registration place) {}

  private void walk(Random random, Topic topic, long seed) {
    List<Visit> visits = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      if (random.nextInt(3) > 0) {
        Client client = new Client();
        visits.add(new Visit(client, counts.enter(topic, Count.Kind.VIEWER, client)));
      } else if (!visits.isEmpty()) {
        visits.remove(random.nextInt(visits.size())).place().close();
      }
      if (!visits.isEmpty() && random.nextInt(10) == 0) {
        visits.get(random.nextInt(visits.size())).place().restate();
      }
      pass(Duration.ofMillis(random.nextInt(100)));
    }
    pass(INTERVAL.multipliedBy(2));
    Count truth = new Count(visits.size(), 0);
    assertThat(visits)
        .as("seed %s", seed)
        .allSatisfy(visit -> assertThat(visit.client().shown).isEqualTo(truth))
        .allSatisfy(visit -> assertThat(visit.client().diffs).isLessThan(40));
    visits.forEach(visit -> visit.place().close());
    pass(INTERVAL);
  }
}
