package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualMembership;
import org.rollcall.testing.MemoryStore;

/**
 * Connections that are updated, end and begin while another node takes their entries over and two
 * threads repair: in the end each open connection has its entry, and no other entry is there.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrackedEntryWalkTest {
  private static final int ROUNDS = 4;
  private static final int STEPS = 200;
  private static final List<LeaveReason> REASONS = List.of(LeaveReason.values());
  private static final Topic ROOM = new Topic("room:1");
  private static final WorkerThreads TOOLS =
      new WorkerThreads(Runnable::run, Runnable::run, (task, delay) -> {}, () -> Instant.EPOCH);

  private final MemoryStore store = new MemoryStore();
  private final LocalEntries own =
      new LocalEntries(
          new StoreWriter(store, "node-1"),
          new ManualMembership("node-1", "node-2"),
          GracePeriod.NONE,
          TOOLS);

  private TrackedEntry open(int user) {
    PresenceEntry.Id id = new PresenceEntry.Id(ROOM, "u" + user, Ref.next());
    return own.open(id, Meta.of(1, ""), () -> true);
  }

  private void change(List<TrackedEntry> connections, Random random) {
    for (int step = 0; step < STEPS; step++) {
      int user = random.nextInt(connections.size());
      TrackedEntry connection = connections.get(user);
      if (random.nextInt(4) == 0) {
        connection.end(REASONS.get(random.nextInt(REASONS.size())));
        connections.set(user, open(user));
      } else {
        connection.update(connection.meta().with("\"n\":" + step));
      }
    }
  }

  private List<PresenceEntry> stored() {
    List<PresenceEntry> all = new ArrayList<>();
    store.forEach(all::add);
    return all;
  }

  private void takeOver(Random random) {
    for (int step = 0; step < STEPS; step++) {
      List<PresenceEntry> all = stored();
      if (all.isEmpty()) {
        continue;
      }
      PresenceEntry entry = all.get(random.nextInt(all.size()));
      if (entry.owner().equals("node-1")) {
        store.put(PresenceEntry.live(entry.id(), "node-2", entry.meta()));
      } else {
        store.remove(entry);
      }
    }
  }

  private void repairAll() {
    Set<PresenceEntry.Id> ids = new HashSet<>();
    stored().forEach(entry -> ids.add(entry.id()));
    own.held().all().forEach(entry -> ids.add(entry.id()));
    ids.forEach(own::repair);
  }

  private void repair() {
    IntStream.range(0, STEPS / 4).forEach(step -> repairAll());
  }

  @Test
  void inTheEndEachOpenConnectionHasItsEntryAndNoOtherEntryIsThere() {
    // A write lets other threads run, as that of a real store does.
    store.listen(changed -> LockSupport.parkNanos(1));
    for (long seed = 0; seed < ROUNDS; seed++) {
      walk(seed);
    }
  }

  private void walk(long seed) {
    List<List<TrackedEntry>> connections = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    for (int worker = 0; worker < 2; worker++) {
      List<TrackedEntry> mine =
          new ArrayList<>(IntStream.range(0, 4).mapToObj(this::open).toList());
      Random random = new Random(2 * seed + worker);
      connections.add(mine);
      tasks.add(() -> change(mine, random));
      tasks.add(this::repair);
    }
    tasks.add(() -> takeOver(new Random(seed)));
    tasks.stream()
        .map(task -> CompletableFuture.runAsync(task, work -> new Thread(work).start()))
        .toList()
        .forEach(CompletableFuture::join);
    repairAll();
    repairAll();
    List<PresenceEntry> open =
        connections.stream().flatMap(List::stream).map(TrackedEntry::entry).toList();
    assertThat(own.held().all()).as("held, %s", seed).containsExactlyInAnyOrderElementsOf(open);
    assertThat(stored().stream().filter(entry -> entry.owner().equals("node-1")))
        .as("stored, %s", seed)
        .containsExactlyInAnyOrderElementsOf(open);
    connections.forEach(mine -> mine.forEach(one -> one.end(LeaveReason.LEFT)));
    repairAll();
    assertThat(own.held().all()).isEmpty();
    stored().forEach(store::remove);
  }
}
