package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;

/** What is seen of the users of a node whose process is killed. */
interface KillRules extends OnCluster {
  /** The promise is 2 seconds; a machine that does other work at the same time gets more. */
  Duration LIMIT = Duration.ofSeconds(5);

  private static Logger log() {
    return System.getLogger(KillRules.class.getName());
  }

  /** Node b is on WildFly; node a was there first and coordinates the others. */
  @ParameterizedTest
  @ValueSource(strings = {"b", "a"})
  @Order(30)
  default void whoWasOnAKilledNodeLeavesOnceAndAtOnce(String name) {
    Node killed = cluster().node(name);
    List<Node> survivors = cluster().others(killed);
    String prefix = "ki-" + name;
    List<String> ids = Crowd.ids(prefix + "-", 300);
    List<String> busyIds = Crowd.ids(prefix + "-busy-", 20);
    List<String> rooms = IntStream.range(0, 10).mapToObj(i -> "room:" + prefix + "-" + i).toList();
    try (Crowd crowd = new Crowd(cluster())) {
      List<Visitor> busy =
          crowd.come(20, n -> busy(busyIds.get(n), ids.get(n), survivors.get(n % 2)));
      final List<Visitor> watchers =
          crowd.come(
              10,
              n -> {
                List<String> friends = new ArrayList<>(ids);
                friends.addAll(busyIds);
                String id = prefix + "-watcher-" + n;
                Visitor watcher = new Visitor(id, friends, Doors.of(survivors.get(n % 2)));
                rooms.forEach(watcher::on);
                return watcher.on("user:" + id).on("count:" + prefix);
              });
      final List<Visitor> lost =
          crowd.come(
              300,
              n ->
                  new Visitor(ids.get(n), ids.subList(0, 10), Doors.of(killed))
                      .on("user:" + ids.get(n))
                      .on(rooms.get(n % 10))
                      .on("count:" + prefix));
      crowd.awaitTruth(Duration.ofSeconds(60));
      ScheduledFuture<?> load = crowd.updating(busy, 10);

      final long begin = System.nanoTime();
      killed.kill();
      Await.until(
          "all are gone", LIMIT.multipliedBy(4), () -> gone(watchers, rooms, Set.copyOf(ids)));
      load.cancel(false);
      Duration right = crowd.awaitTruth(Duration.ofSeconds(30));
      List<Duration> delays = delays(watchers, rooms, ids, begin);
      log()
          .log(
              Level.INFO,
              "Killed {0}: {1} leaves, median after {2}, last after {3}; all right {4} later",
              name,
              delays.size(),
              delays.get(delays.size() / 2),
              delays.get(delays.size() - 1),
              right);
      // First, as the other rules need the node too, whatever comes of this one.
      cluster().restart(killed);
      Crowd.awaitReady(lost);
      crowd.awaitTruth(Duration.ofSeconds(60));
      assertThat(delays.get(delays.size() - 1)).isLessThan(LIMIT);
    }
  }

  private static Visitor busy(String id, String friend, Node node) {
    return new Visitor(id, List.of(friend), Doors.of(node)).on("user:" + id);
  }

  private static boolean gone(List<Visitor> watchers, List<String> rooms, Set<String> ids) {
    return watchers.stream()
        .flatMap(
            watcher ->
                pages(watcher, rooms).map(topic -> watcher.presences(topic, PresencePage::refs)))
        .noneMatch(refs -> refs.keySet().stream().anyMatch(ids::contains));
  }

  private static Stream<String> pages(Visitor watcher, List<String> rooms) {
    return Stream.concat(Stream.of("user:" + watcher.id()), rooms.stream());
  }

  /** Returns how long after the kill each leave came, sorted; on each page one of each user. */
  private static List<Duration> delays(
      List<Visitor> watchers, List<String> rooms, List<String> ids, long begin) {
    List<Duration> delays = new ArrayList<>();
    for (Visitor watcher : watchers) {
      List<PresencePage.Change> ofFriends = since(watcher, "user:" + watcher.id(), ids, begin);
      List<PresencePage.Change> inRooms = new ArrayList<>();
      rooms.forEach(room -> inRooms.addAll(since(watcher, room, ids, begin)));
      for (List<PresencePage.Change> changes : List.of(ofFriends, inRooms)) {
        assertThat(changes).allMatch(PresencePage.Change::isLeave);
        assertThat(changes)
            .extracting(PresencePage.Change::key)
            .containsExactlyInAnyOrderElementsOf(ids);
        changes.forEach(change -> delays.add(Duration.ofNanos(change.nanos() - begin)));
      }
    }
    delays.sort(null);
    return delays;
  }

  private static List<PresencePage.Change> since(
      Visitor watcher, String topic, List<String> ids, long begin) {
    return watcher.presences(topic, PresencePage::changes).stream()
        .filter(change -> change.nanos() >= begin && ids.contains(change.key()))
        .toList();
  }
}
