package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.presence.Topic;
import org.rollcall.testing.ManualExecutor;

class CountsTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ManualExecutor executor = new ManualExecutor();
  private final FakeStore store = new FakeStore();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private long now = 1_000_000_000_000L;
  private final Counts counts =
      new Counts(
          store,
          new Counts.Telling(INTERVAL, new Veil(0, 1)),
          executor,
          (task, delay) -> alarms.add(new Alarm(now + delay.toNanos(), task)),
          () -> now);

  private record Alarm(long at, Runnable task) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      return Long.compare(at, other.at);
    }
  }

  private static final class FakeStore implements CountStore {
    final Map<Topic, Share> published = new HashMap<>();
    Others others = Others.NONE;
    @Nullable Consumer<Topic> changed;

    @Override
    public void publish(Topic topic, Share share) {
      published.put(topic, share);
    }

    @Override
    public Others others(Topic topic) {
      return others;
    }

    @Override
    public void listen(Consumer<Topic> listener) {
      changed = listener;
    }
  }

  /** A client that adds and subtracts, as the article's reducer does. */
  private static final class Client implements CountSubscriber {
    Count shown = Count.ZERO;
    int diffs;

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void onState(Count state) {
      shown = state;
    }

    @Override
    public void onDiff(Change change) {
      shown = shown.plus(change.to().minus(change.from()));
      diffs++;
    }
  }

  private void pass(Duration time) {
    long end = now + time.toNanos();
    executor.runAll();
    while (!alarms.isEmpty() && alarms.peek().at() <= end) {
      Alarm next = alarms.remove();
      now = Math.max(now, next.at());
      next.task().run();
      executor.runAll();
    }
    now = end;
  }

  @Test
  void aViewersOwnStateCountsItself() {
    Client client = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, client);
    assertThat(client.shown).isEqualTo(new Count(1, 0));
    pass(INTERVAL);
    assertThat(client.diffs).isZero();
  }

  @Test
  void aChangeFromOrToZeroIsToldAtOnce() {
    Client watcher = new Client();
    counts.enter(TOPIC, Count.Kind.NONE, watcher);
    Counts.Place place = counts.enter(TOPIC, Count.Kind.USER, new Client());
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(new Count(0, 1));
    place.close();
    executor.runAll();
    assertThat(watcher.shown).isEqualTo(Count.ZERO);
    assertThat(watcher.diffs).isEqualTo(2);
  }

  @Test
  void theOthersKnowOfEveryoneAtOnceWhenTheNodeIsAboutToGoOrStaysAfterAll() {
    counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    executor.runAll();
    Counts.Place place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    executor.runAll();
    assertThat(store.published.get(TOPIC)).isEqualTo(new Share(new Count(1, 0), Map.of()));
    counts.freeze();
    assertThat(store.published.get(TOPIC)).isEqualTo(new Share(new Count(2, 0), Map.of()));
    place.close();
    executor.runAll();
    assertThat(store.published.get(TOPIC)).isEqualTo(new Share(new Count(2, 0), Map.of()));
    counts.thaw();
    assertThat(store.published.get(TOPIC)).isEqualTo(new Share(new Count(1, 0), Map.of()));
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

  @Test
  void closingAPlaceTwiceCountsOnce() {
    Client first = new Client();
    counts.enter(TOPIC, Count.Kind.VIEWER, first);
    Counts.Place place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    place.close();
    place.close();
    pass(INTERVAL);
    assertThat(counts.count(TOPIC)).isEqualTo(new Count(1, 0));
  }

  @Test
  void sharesOfOtherNodesAreAddedUpAndTold() {
    Client client = new Client();
    counts.enter(TOPIC, Count.Kind.USER, client);
    pass(INTERVAL);
    store.others = Others.NONE.plusUp(new Share(new Count(5, 2), Map.of()), "node-1");
    Objects.requireNonNull(store.changed).accept(TOPIC);
    pass(INTERVAL);
    assertThat(client.shown).isEqualTo(new Count(5, 3));
    assertThat(counts.count(TOPIC)).isEqualTo(new Count(5, 3));
  }

  @Test
  void theLastToLeaveTakesTheNodesShareAway() {
    Counts.Place place = counts.enter(TOPIC, Count.Kind.VIEWER, new Client());
    pass(INTERVAL);
    assertThat(store.published).containsEntry(TOPIC, new Share(new Count(1, 0), Map.of()));
    place.close();
    pass(INTERVAL);
    assertThat(store.published).containsEntry(TOPIC, Share.NONE);
    assertThat(counts.topics()).isZero();
  }

  @Test
  void whoCameAndWentUnnoticedLeavesNothingBehind() {
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

  private record Visit(Client client, Counts.Place place) {}

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
