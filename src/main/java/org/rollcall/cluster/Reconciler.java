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
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * Keeps this node's replica equal to the elements of the owners, also after merges.
 *
 * <p>Every few seconds, and at every tick for a while after a change of the view, this node sends
 * each owner that is up a digest of the owner's elements in this replica. The owner answers with
 * all its elements in the buckets that differ. Elements that the owner does not have are dropped
 * from this replica. Elements that are missing here, or differ, the owner writes again. A write in
 * flight looks like a difference too, so several looks in a row have to find it.
 *
 * <p>Safe for many threads. Looks and answers are processed by one worker at a time.
 *
 * @param <T> an element of the cache
 */
public final class Reconciler<T> {
  /** Stands for the value of an element that other nodes need not have. */
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
  private final ThrottledWarning unreadable = new ThrottledWarning(LOG);

  private sealed interface Task {}

  private record Look() implements Task {}

  /** An owner's answer, or null if there is none. */
  private record Answered(String owner, @Nullable OwnerAnswer answer) implements Task {}

  /** A difference between this replica and the owner's answer. */
  private sealed interface Difference<T> {}

  /** An element of this replica that the owner does not have. */
  private record Extra<T>(T element) implements Difference<T> {}

  /** An element whose value at the owner differs from this replica's, which may lack it. */
  private record Wanting<T>(long id, long claim, long here) implements Difference<T> {}

  /** Creates one that looks at the ticks of {@link #tick} when its own schedule says so. */
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

  /** Has a worker look if it is time. Called every few hundred milliseconds. */
  public void tick() {
    if (schedule.isDue()) {
      workQueue.mark(new Look());
    }
  }

  /** Returns how many elements were settled here or written again for others. */
  public long repairs() {
    return repairs.sum();
  }

  private void work(Task task) {
    if (task instanceof Answered answered) {
      waiting.remove(answered.owner);
      if (answered.answer != null) {
        compare(answered.owner, answered.answer);
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
        (owner, element) -> {
          @Nullable Digest digest = digests.get(owner);
          if (digest != null) {
            digest.add(replica.id(element), replica.value(element));
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
          .thenApply(numbers -> OwnerAnswer.read(numbers, unreadable))
          .whenComplete((answer, failure) -> workQueue.mark(new Answered(owner, answer)));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "An owner could not be asked", e);
      waiting.remove(owner);
    }
  }

  /**
   * Answers another node. May be called by any thread; does not wait.
   *
   * @param sums the sums of this node's elements in the other node's replica
   * @return the number of buckets that differ, these buckets, and for each element in them a hash
   *     of its id and a hash of its value, or {@link #LOOSE}
   * @throws IllegalArgumentException if there are not as many sums as a digest has
   */
  public long[] answer(long[] sums) {
    Digest theirs = Digest.of(sums);
    Digest mine = new Digest();
    replica.forEachOwn(element -> mine.add(replica.id(element), replica.value(element)));
    List<Integer> differing = mine.differences(theirs);
    LongStream.Builder answer = LongStream.builder();
    answer.add(differing.size());
    differing.forEach(answer::add);
    if (!differing.isEmpty()) {
      boolean[] buckets = new boolean[Digest.BUCKETS];
      differing.forEach(bucket -> buckets[bucket] = true);
      replica.forEachOwn(
          element -> {
            long id = replica.id(element);
            if (buckets[Digest.bucket(id)]) {
              answer.add(id).add(replica.isFirm(element) ? replica.value(element) : LOOSE);
            }
          });
    }
    return answer.build().toArray();
  }

  /** Writes own elements again that another node lacks. Waits for the store. */
  public void writeAgain(long[] ids) {
    long[] wanted = LongStream.of(ids).sorted().toArray();
    List<T> elements = new ArrayList<>();
    replica.forEachOwn(
        element -> {
          if (Arrays.binarySearch(wanted, replica.id(element)) >= 0) {
            elements.add(element);
          }
        });
    elements.forEach(replica::write);
    if (!elements.isEmpty()) {
      repairs.add(elements.size());
      LOG.log(Level.INFO, "Wrote {0} entries again that another node lacked", elements.size());
    }
  }

  private void compare(String owner, OwnerAnswer answer) {
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
        } else if (found.getKey() instanceof Extra<T> extra && replica.settle(extra.element)) {
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
      LOG.log(Level.INFO, "Reconciled with node {0}: settled {1} entries, requested {2}", said);
    }
  }

  private Set<Difference<T>> differences(String owner, OwnerAnswer answer) {
    Set<Difference<T>> found = new HashSet<>();
    if (answer.isSame()) {
      return found;
    }
    Map<Long, Long> claims = new HashMap<>(answer.claims());
    replica.forEach(
        (of, element) -> {
          long id = replica.id(element);
          if (!of.equals(owner) || !answer.isAbout(id)) {
            return;
          }
          @Nullable Long claim = claims.remove(id);
          if (claim == null) {
            found.add(new Extra<>(element));
          } else if (claim != LOOSE && claim != replica.value(element)) {
            found.add(new Wanting<>(id, claim, replica.value(element)));
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
