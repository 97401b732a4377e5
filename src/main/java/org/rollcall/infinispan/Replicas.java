package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.cluster.AuditSchedule;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Membership;
import org.rollcall.cluster.Reconciler;
import org.rollcall.cluster.Replica;
import org.rollcall.presence.Tracker;

/**
 * This node's replicas of the caches, each with a reconciler that compares it with other nodes.
 *
 * <p>Safe for many threads; no call waits.
 */
public final class Replicas implements ClusterAuditor.Step {
  private final CommandDispatcher dispatcher;
  private final Membership members;
  private final Tracker tracker;
  private final List<Replica<?>> all = new ArrayList<>();
  private final List<AuditSchedule> schedules = new ArrayList<>();
  private final List<Reconciler<?>> reconcilers = new ArrayList<>();

  Replicas(CommandDispatcher dispatcher, Membership members, Tracker tracker) {
    this.dispatcher = dispatcher;
    this.members = members;
    this.tracker = tracker;
  }

  /** Adds the replica of a cache in which every entry has an owner. */
  <T> void addOwned(String cache, Replica<T> replica) {
    // A node that is about to leave lets other nodes take its entries over, so it answers for none.
    dispatcher.open(cache, add(cache, replica), () -> members.isLeaving(members.self()));
  }

  /** Adds the replica of a cache in which no entry has an owner. */
  <T> void addUnowned(String cache, UnownedReplica<T> replica) {
    dispatcher.open(cache, add(cache, replica), () -> false);
  }

  private <T> Reconciler<T> add(String cache, Replica<T> replica) {
    AuditSchedule schedule = new AuditSchedule(tracker.tools().clock());
    Reconciler<T> reconciler =
        new Reconciler<>(replica, members, dispatcher.owners(cache), tracker.tools(), schedule);
    schedules.add(schedule);
    all.add(replica);
    reconcilers.add(reconciler);
    return reconciler;
  }

  @Override
  public void viewChanged() {
    schedules.forEach(AuditSchedule::changed);
  }

  /** Has each reconciler compare if it is time. Called every 400 milliseconds; hands over. */
  public void compare() {
    reconcilers.forEach(Reconciler::tick);
  }

  /** Returns how many entries were repaired since the start. */
  public long repairs() {
    return reconcilers.stream().mapToLong(Reconciler::repairs).sum();
  }

  /** Returns how many entries of presence this replica has of each owner. */
  Map<String, Integer> owners() {
    Map<String, Integer> owners = new LinkedHashMap<>();
    tracker.replica().forEach((owner, entry) -> owners.merge(owner, 1, Integer::sum));
    return owners;
  }

  /** Returns one number for all entries, in all replicas, whose owners are up. */
  long digest() {
    Digest digest = new Digest();
    all.forEach(replica -> add(digest, replica));
    return digest.whole();
  }

  private <T> void add(Digest digest, Replica<T> replica) {
    replica.forEach(
        (owner, entry) -> {
          // Each node drops the entries of REMOVED nodes at its own time.
          if (members.isUp(owner)) {
            digest.add(replica.id(entry), replica.value(entry) + Digest.hash(owner));
          }
        });
  }
}
