package org.rollcall.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.rollcall.cluster.AuditSchedule;
import org.rollcall.cluster.GhostDetector;
import org.rollcall.cluster.MemberStatus;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * Keeps the store right: holds it against what this node owns, and against who is up.
 *
 * <p>After each change of the view, and every few seconds, it writes own entries that the store
 * lacks, removes those that this node does not hold, and drops from this node's copy what nodes
 * left behind that have been gone for the grace. Entries that were not ended with their connections
 * it ends. It also has told topics looked at again: all of them after a change, as state transfer
 * and merges tell of no entry, a sixteenth at other times.
 *
 * <p>Safe for many threads. The work is done by one worker at a time.
 */
public final class PresenceAuditor {
  private static final Logger LOG = System.getLogger(PresenceAuditor.class.getName());

  private final PresenceStore store;
  private final Membership members;
  private final Tracker tracker;
  private final WorkerThreads tools;
  private final Consumer<Predicate<String>> also;
  private final MemberStatus memberStatus;
  private final GhostDetector<PresenceEntry> ghostDetector = new GhostDetector<>();
  private final WorkQueue<Boolean> workQueue;
  private final LongAdder repairs = new LongAdder();
  private final AuditSchedule schedule;
  // Of one worker at a time.
  private int part;
  private boolean missed;

  /**
   * Creates an auditor and begins to follow the view.
   *
   * @param tracker what this node tracks
   * @param members the nodes, as the tracker knows them
   * @param also done at the same moments, on the same worker; can ask whether the time of what a
   *     node left is over
   */
  public PresenceAuditor(Tracker tracker, Membership members, Consumer<Predicate<String>> also) {
    this.tracker = tracker;
    this.members = members;
    this.store = tracker.store();
    this.tools = tracker.tools();
    this.also = also;
    this.schedule = new AuditSchedule(tools.clock());
    this.memberStatus = new MemberStatus(tracker.grace().lost(), members);
    this.workQueue = new WorkQueue<>(tools.workers(), changes -> audit(changes.contains(true)));
    members.listen(() -> workQueue.mark(true));
    workQueue.mark(true);
  }

  /** Has the store looked at if it is time. Called every second; hands over. */
  public void tick() {
    if (schedule.isDue()) {
      workQueue.mark(false);
    }
  }

  /** Returns how many entries had to be put right since the start. */
  public long repairs() {
    return repairs.sum();
  }

  private void audit(boolean changed) {
    if (members.isLeaving(members.self())) {
      // The entries of this node are about to be taken over by others.
      missed |= changed;
      return;
    }
    Instant now = tools.clock().instant();
    if (changed || missed) {
      schedule.changed();
      missed = false;
    }
    memberStatus.view(members.up());
    Set<PresenceEntry.Id> doubtful = new HashSet<>();
    List<PresenceEntry> left = new ArrayList<>();
    AtomicInteger right = new AtomicInteger();
    HeldEntries held = tracker.localEntries().held();
    store.forEach(
        entry -> {
          if (entry.owner().equals(members.self())) {
            if (held.differs(entry)) {
              doubtful.add(entry.id());
            } else {
              right.incrementAndGet();
            }
          } else if (!memberStatus.isUp(entry.owner()) && memberStatus.isOver(entry.owner(), now)) {
            left.add(entry);
          }
        });
    if (right.get() != held.all().count()) {
      // Only then: a read for each entry takes its time.
      doubtful.addAll(held.missing());
    }
    repair(doubtful);
    ghostDetector.look(held.abandoned(), now).forEach(this::end);
    if (!left.isEmpty()) {
      drop(left);
    }
    if (schedule.isSettling()) {
      tracker.watcher().markAll();
    } else {
      tracker.watcher().markPart(part++);
    }
    also.accept(owner -> memberStatus.isOver(owner, now));
    memberStatus.forget();
    schedule.looked();
    if (!memberStatus.isEmpty()) {
      schedule.soon();
    }
  }

  private void repair(Set<PresenceEntry.Id> doubtful) {
    int put = 0;
    for (PresenceEntry.Id id : doubtful) {
      if (tracker.localEntries().repair(id)) {
        repairs.increment();
        put++;
      }
    }
    if (put > 0) {
      LOG.log(Level.INFO, "Put {0} entries of this node right", put);
    }
  }

  private void end(PresenceEntry ghost) {
    repairs.increment();
    LOG.log(Level.WARNING, "An entry was still there after its connection; it is ended now");
    // For good: were it to linger, and be taken over, its own end, if that still came, would end
    // the one who is back.
    tracker.end(ghost, LeaveReason.LEFT);
  }

  /** Every node cleans its own copy: copies that differ after a merge would deny each other. */
  private void drop(List<PresenceEntry> left) {
    long dropped = left.stream().filter(store::drop).count();
    LOG.log(Level.INFO, "Dropped {0} entries of nodes that are gone", dropped);
  }
}
