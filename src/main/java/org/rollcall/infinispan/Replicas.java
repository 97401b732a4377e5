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
 * This node's copies of all that nodes share, each held against those of other nodes.
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

  /** Adds a copy of a cache of which every thing has an owner. */
  <T> void addOwned(String cache, Replica<T> replica) {
    // One that is about to go lets others take what it holds, and stands for nothing.
    dispatcher.open(cache, add(cache, replica), () -> members.isLeaving(members.self()));
  }

  /** Adds a copy of a cache in which nothing has an owner. */
  <T> void addUnowned(String cache, UnownedReplica<T> copy) {
    dispatcher.open(cache, add(cache, copy), () -> false);
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

  /** Compares if it is time. Called every few hundred milliseconds; hands over. */
  public void compare() {
    reconcilers.forEach(Reconciler::tick);
  }

  /** Returns how many things had to be put right since the start. */
  public long repairs() {
    return reconcilers.stream().mapToLong(Reconciler::repairs).sum();
  }

  /** Returns how many entries there are of each owner. */
  Map<String, Integer> owners() {
    Map<String, Integer> owners = new LinkedHashMap<>();
    tracker.replica().forEach((owner, entry) -> owners.merge(owner, 1, Integer::sum));
    return owners;
  }

  /** Returns the digest of everything that is of a node which is up, as one number. */
  long digest() {
    Digest digest = new Digest();
    all.forEach(replica -> add(digest, replica));
    return digest.whole();
  }

  private <T> void add(Digest digest, Replica<T> replica) {
    replica.forEach(
        (owner, thing) -> {
          // Each node drops the entries of removed nodes at its own time.
          if (members.isUp(owner)) {
            digest.add(replica.id(thing), replica.value(thing) + Digest.hash(owner));
          }
        });
  }
}
