package org.rollcall.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.GhostDetector;
import org.rollcall.cluster.Membership;

/**
 * Keeps the store of entries right: holds it against what this node owns, and against who is up.
 *
 * <p>A step of the {@link ClusterAuditor}: it writes own entries that the store lacks, removes
 * those that this node does not hold, and drops from this node's copy what nodes left behind that
 * have been down for the grace. Entries that were not ended with their connections it ends. It also
 * has told topics looked at again: all of them after a change, as state transfer and merges tell of
 * no entry, a sixteenth at other times.
 *
 * <p>Called by one worker at a time, but for {@link #repairs}.
 */
public final class PresenceAuditor implements ClusterAuditor.Step {
  private static final Logger LOG = System.getLogger(PresenceAuditor.class.getName());

  private final PresenceStore store;
  private final Membership members;
  private final Tracker tracker;
  private final GhostDetector<PresenceEntry> ghostDetector = new GhostDetector<>();
  private final LongAdder repairs = new LongAdder();
  private int part;

  /**
   * Creates one that has not looked yet.
   *
   * @param tracker what this node tracks
   * @param members the nodes, as the tracker knows them
   */
  public PresenceAuditor(Tracker tracker, Membership members) {
    this.tracker = tracker;
    this.members = members;
    this.store = tracker.store();
  }

  /** Returns how many entries had to be put right since the start. */
  public long repairs() {
    return repairs.sum();
  }

  @Override
  public void audit(ClusterAuditor.Audit audit) {
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
          } else if (!members.isUp(entry.owner()) && audit.isOver(entry.owner())) {
            left.add(entry);
          }
        });
    if (right.get() != held.all().count()) {
      // Only then: a read for each entry takes its time.
      doubtful.addAll(held.missing());
    }
    repair(doubtful);
    ghostDetector.look(held.abandoned(), audit.now()).forEach(this::end);
    if (!left.isEmpty()) {
      drop(left);
    }
    if (audit.settling()) {
      tracker.watcher().markAll();
    } else {
      tracker.watcher().markPart(part++);
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
