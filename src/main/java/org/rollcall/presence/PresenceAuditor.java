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
 * Repairs the store of entries: compares it with this node's own entries and with the nodes that
 * are up.
 *
 * <p>A step of the {@link ClusterAuditor}: it writes own entries that the store lacks, and removes
 * entries that are stored as this node's but are not its own. It drops the entries of removed nodes
 * from this node's replica, and ends entries that did not end with their connections. It also has
 * the states of topics compared with the store: all of them for a while after a change of the view,
 * because state transfers and merges report no entry, a sixteenth of them at other times.
 *
 * <p>Called by one worker at a time, but for {@link #repairs}.
 */
public final class PresenceAuditor implements ClusterAuditor.Step {
  private static final Logger LOG = System.getLogger(PresenceAuditor.class.getName());

  private final PresenceStore store;
  private final Membership members;
  private final Tracker tracker;
  private final GhostDetector<TrackedEntry> ghostDetector = new GhostDetector<>();
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

  /** Returns how many entries were repaired since the start. */
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
      LOG.log(Level.INFO, "Repaired {0} entries of this node", put);
    }
  }

  private void end(TrackedEntry ghost) {
    repairs.increment();
    LOG.log(Level.WARNING, "An entry was still there after its connection; it is ended now");
    // For good: its grace would have begun long ago.
    ghost.end(LeaveReason.LEFT);
  }

  /**
   * Every node cleans its own replica: a removal on all nodes fails if replicas differ after a
   * merge.
   */
  private void drop(List<PresenceEntry> left) {
    long dropped = left.stream().filter(store::drop).count();
    LOG.log(Level.INFO, "Dropped {0} entries of removed nodes", dropped);
  }
}
