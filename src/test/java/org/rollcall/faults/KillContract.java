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

/** The leaves of the users of a node whose process is killed. */
interface KillContract extends OnCluster {
  /** The promise is 2 seconds; a machine that does other work at the same time gets more. */
  Duration LIMIT = Duration.ofSeconds(5);

  private static Logger log() {
    return System.getLogger(KillContract.class.getName());
  }

  /** Node b is on WildFly; node a was there first and coordinates the others. */
  @ParameterizedTest
  @ValueSource(strings = {"b", "a"})
  @Order(30)
  default void usersOfAKilledNodeLeaveOnceAndAtOnce(String name) {
    ServerNode killed = cluster().node(name);
    List<ServerNode> survivors = cluster().others(killed);
    String prefix = "ki-" + name;
    List<String> ids = VisitorGroup.ids(prefix + "-", 300);
    List<String> busyIds = VisitorGroup.ids(prefix + "-busy-", 20);
    List<String> rooms = IntStream.range(0, 10).mapToObj(i -> "room:" + prefix + "-" + i).toList();
    try (VisitorGroup visitorGroup = new VisitorGroup(cluster())) {
      List<Visitor> busy =
          visitorGroup.come(20, n -> busy(busyIds.get(n), ids.get(n), survivors.get(n % 2)));
      final List<Visitor> watchers =
          visitorGroup.come(
              10,
              n -> {
                List<String> friends = new ArrayList<>(ids);
                friends.addAll(busyIds);
                String id = prefix + "-watcher-" + n;
                Visitor watcher = new Visitor(id, friends, ServerPorts.of(survivors.get(n % 2)));
                rooms.forEach(watcher::on);
                return watcher.on("user:" + id).on("count:" + prefix);
              });
      final List<Visitor> lost =
          visitorGroup.come(
              300,
              n ->
                  new Visitor(ids.get(n), ids.subList(0, 10), ServerPorts.of(killed))
                      .on("user:" + ids.get(n))
                      .on(rooms.get(n % 10))
                      .on("count:" + prefix));
      visitorGroup.awaitTruth(Duration.ofSeconds(60));
      ScheduledFuture<?> load = visitorGroup.updating(busy, 10);

      final long begin = System.nanoTime();
      killed.kill();
      Await.until(
          "all have left", LIMIT.multipliedBy(4), () -> haveLeft(watchers, rooms, Set.copyOf(ids)));
      load.cancel(false);
      Duration right = visitorGroup.awaitTruth(Duration.ofSeconds(30));
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
      VisitorGroup.awaitReady(lost);
      visitorGroup.awaitTruth(Duration.ofSeconds(60));
      assertThat(delays.get(delays.size() - 1)).isLessThan(LIMIT);
    }
  }

  private static Visitor busy(String id, String friend, ServerNode serverNode) {
    return new Visitor(id, List.of(friend), ServerPorts.of(serverNode)).on("user:" + id);
  }

  private static boolean haveLeft(List<Visitor> watchers, List<String> rooms, Set<String> ids) {
    return watchers.stream()
        .flatMap(
            watcher ->
                pages(watcher, rooms)
                    .map(topic -> watcher.presences(topic, PresenceChannelView::refs)))
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
      List<PresenceChannelView.Change> ofFriends =
          since(watcher, "user:" + watcher.id(), ids, begin);
      List<PresenceChannelView.Change> inRooms = new ArrayList<>();
      rooms.forEach(room -> inRooms.addAll(since(watcher, room, ids, begin)));
      for (List<PresenceChannelView.Change> changes : List.of(ofFriends, inRooms)) {
        assertThat(changes).allMatch(PresenceChannelView.Change::isLeave);
        assertThat(changes)
            .extracting(PresenceChannelView.Change::key)
            .containsExactlyInAnyOrderElementsOf(ids);
        changes.forEach(change -> delays.add(Duration.ofNanos(change.nanos() - begin)));
      }
    }
    delays.sort(null);
    return delays;
  }

  private static List<PresenceChannelView.Change> since(
      Visitor watcher, String topic, List<String> ids, long begin) {
    return watcher.presences(topic, PresenceChannelView::changes).stream()
        .filter(change -> change.nanos() >= begin && ids.contains(change.key()))
        .toList();
  }
}
