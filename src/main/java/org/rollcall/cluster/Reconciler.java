package org.rollcall.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * Keeps this node's copy equal to what the owners stand for, after merges too.
 *
 * <p>Every few seconds, and at every tick for a while after a change of the view, this node sends
 * each owner that is up a digest of what it has of it; the owner answers with all that falls into
 * the buckets that differ. What the owner does not stand for is dropped from this copy; what is
 * missing here, or differs, the owner writes again. A write on its way looks the same here, though
 * its owner says that it is, so nothing is done unless several looks find the very same.
 *
 * <p>Safe for many threads. Looks and answers are worked on by one worker at a time.
 *
 * @param <T> a thing of the cache
 */
public final class Reconciler<T> {
  /** Stands for the value of a thing that others need not have. */
  public static final long LOOSE = 0;

  private static final Logger LOG = System.getLogger(Reconciler.class.getName());

  private final Replica<T> replica;
  private final Membership members;
  private final OwnerClient owners;
  private final AuditSchedule schedule;
  private final WorkQueue<Task> workQueue;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Map<String, Map<Difference<T>, Integer>> earlier = new HashMap<>();
  private final LongAdder repairs = new LongAdder();

  private sealed interface Task {}

  private record Look() implements Task {}

  /** An owner's answer, or null if there is none. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(String owner, long @Nullable [] numbers) implements Task {}

  /** A difference between this copy and what the owner says. */
  private sealed interface Difference<T> {}

  /** The owner does not stand for it. */
  private record Extra<T>(T thing) implements Difference<T> {}

  /** The owner says something else than this copy, which has no value if it has nothing. */
  private record Wanting<T>(long id, long claim, long here) implements Difference<T> {}

  /** Creates one that looks when {@link #tick} says so, and the schedule, which is its own. */
  public Reconciler(
      Replica<T> replica,
      Membership members,
      OwnerClient owners,
      WorkerThreads tools,
      AuditSchedule schedule) {
    this.replica = replica;
    this.members = members;
    this.owners = owners;
    this.schedule = schedule;
    this.workQueue = new WorkQueue<>(tools.workers(), tasks -> tasks.forEach(this::work));
  }

  /** Looks if it is time. Called every few hundred milliseconds; hands over. */
  public void tick() {
    if (schedule.isDue()) {
      workQueue.mark(new Look());
    }
  }

  /** Returns how many things had to be settled here or written again for others. */
  public long repairs() {
    return repairs.sum();
  }

  private void work(Task task) {
    if (task instanceof Answer answer) {
      waiting.remove(answer.owner);
      if (answer.numbers != null) {
        compare(answer.owner, answer.numbers);
      }
    } else {
      look();
    }
  }

  private void look() {
    Map<String, Digest> digests = new HashMap<>();
    for (String owner : members.up()) {
      if (!owner.equals(members.self()) && replica.isOf(owner)) {
        digests.put(owner, new Digest());
      }
    }
    schedule.looked();
    earlier.keySet().retainAll(digests.keySet());
    if (digests.isEmpty() || members.isLeaving(members.self())) {
      return;
    }
    replica.forEach(
        (owner, thing) -> {
          @Nullable Digest digest = digests.get(owner);
          if (digest != null) {
            digest.add(replica.id(thing), replica.value(thing));
          }
        });
    digests.forEach(this::ask);
  }

  private void ask(String owner, Digest digest) {
    if (!waiting.add(owner)) {
      return;
    }
    try {
      owners
          .ask(owner, digest.sums())
          .whenComplete((numbers, failure) -> workQueue.mark(new Answer(owner, numbers)));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "An owner could not be asked", e);
      waiting.remove(owner);
    }
  }

  /**
   * Answers another node. May be called by any thread; waits for nobody.
   *
   * @param sums of what it has of this node's things
   * @return how many buckets differ, these, and for each thing in them a hash of its id and one of
   *     its value, or {@link #LOOSE}
   * @throws IllegalArgumentException if there are not as many sums as a digest has
   */
  public long[] answer(long[] sums) {
    Digest theirs = Digest.of(sums);
    Digest mine = new Digest();
    replica.forEachOwn(thing -> mine.add(replica.id(thing), replica.value(thing)));
    List<Integer> differing = mine.differences(theirs);
    LongStream.Builder answer = LongStream.builder();
    answer.add(differing.size());
    differing.forEach(answer::add);
    if (!differing.isEmpty()) {
      boolean[] buckets = new boolean[Digest.BUCKETS];
      differing.forEach(bucket -> buckets[bucket] = true);
      replica.forEachOwn(
          thing -> {
            long id = replica.id(thing);
            if (buckets[Digest.bucket(id)]) {
              answer.add(id).add(replica.isFirm(thing) ? replica.value(thing) : LOOSE);
            }
          });
    }
    return answer.build().toArray();
  }

  /** Writes own things again that another node misses. Waits for the store. */
  public void writeAgain(long[] ids) {
    long[] wanted = LongStream.of(ids).sorted().toArray();
    List<T> things = new ArrayList<>();
    replica.forEachOwn(
        thing -> {
          if (Arrays.binarySearch(wanted, replica.id(thing)) >= 0) {
            things.add(thing);
          }
        });
    things.forEach(replica::write);
    if (!things.isEmpty()) {
      repairs.add(things.size());
      LOG.log(Level.INFO, "Wrote {0} things again that another node lacked", things.size());
    }
  }

  private void compare(String owner, long[] answer) {
    Map<Difference<T>, Integer> before = earlier.getOrDefault(owner, Map.of());
    Map<Difference<T>, Integer> now = new HashMap<>();
    differences(owner, answer)
        .forEach(difference -> now.put(difference, before.getOrDefault(difference, 0) + 1));
    if (!now.isEmpty() && (before.isEmpty() || now.values().stream().anyMatch(n -> n > 1))) {
      // Another look soon. Under load there is always something on its way: not every look is one.
      schedule.soon();
    }
    earlier.put(owner, now);
    List<Long> wanted = new ArrayList<>();
    int settled = 0;
    for (Map.Entry<Difference<T>, Integer> found : now.entrySet()) {
      if (found.getValue() >= replica.looks()) {
        if (found.getKey() instanceof Wanting<T> wanting) {
          wanted.add(wanting.id);
        } else if (found.getKey() instanceof Extra<T> extra && replica.settle(extra.thing)) {
          settled++;
        }
      }
    }
    if (!wanted.isEmpty()) {
      owners.writeAgain(owner, wanted.stream().mapToLong(Long::longValue).toArray());
    }
    if (settled > 0 || !wanted.isEmpty()) {
      repairs.add(settled);
      Object[] said = {owner, settled, wanted.size()};
      LOG.log(Level.INFO, "Node {0} did not have {1} things of this copy, which lacked {2}", said);
    }
  }

  private Set<Difference<T>> differences(String owner, long[] answer) {
    Set<Difference<T>> found = new HashSet<>();
    boolean[] buckets = new boolean[Digest.BUCKETS];
    int end = 1 + (int) answer[0];
    for (int i = 1; i < end; i++) {
      buckets[(int) answer[i]] = true;
    }
    if (end == 1) {
      return found;
    }
    Map<Long, Long> claims = new HashMap<>();
    for (int i = end; i + 1 < answer.length; i += 2) {
      claims.put(answer[i], answer[i + 1]);
    }
    replica.forEach(
        (of, thing) -> {
          long id = replica.id(thing);
          if (!of.equals(owner) || !buckets[Digest.bucket(id)]) {
            return;
          }
          @Nullable Long claim = claims.remove(id);
          if (claim == null) {
            found.add(new Extra<>(thing));
          } else if (claim != LOOSE && claim != replica.value(thing)) {
            found.add(new Wanting<>(id, claim, replica.value(thing)));
          }
        });
    claims.forEach(
        (id, claim) -> {
          if (claim != LOOSE) {
            found.add(new Wanting<>(id, claim, LOOSE));
          }
        });
    return found;
  }
}
