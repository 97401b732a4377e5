package org.rollcall.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * The only listener to the view: a row of steps that keep this node consistent with its cluster.
 *
 * <p>After each change of the view, and every few seconds, one worker goes through all steps that
 * {@linkplain Step#audit audit}, in their order. A node that is about to leave audits nothing,
 * because other nodes are about to take its entries over. If it stays, it makes up for the audits
 * that it missed. A step that waits for other nodes would block the row while one of them hangs. So
 * such a step has a work queue of its own, and only marks it when the view changes.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class ClusterAuditor {
  private static final Logger LOG = System.getLogger(ClusterAuditor.class.getName());

  private final Membership members;
  private final List<Step> steps;
  private final WorkerThreads tools;
  private final Duration grace;
  private final AuditSchedule schedule;
  private final WorkQueue<Boolean> workQueue;
  // Of one worker at a time.
  private boolean missed;

  /** A part of the node that has to follow the view. */
  public interface Step {
    /**
     * Called after each change of the view, and after entries have come by state transfer, on the
     * cluster's own threads. Must not block.
     */
    default void viewChanged() {}

    /**
     * Called when nodes meet that could not reach each other for a while: after a partition, or
     * when a node that hung is back. Called like {@link #viewChanged}, and after it.
     */
    default void met() {}

    /** Called every second by the timer; hands over. */
    default void tick() {}

    /**
     * Compares this node's state with the truth, and repairs it. Called by one worker at a time,
     * after a change of the view and every few seconds; may wait for the store.
     */
    default void audit(Audit audit) {}

    /** Returns a step that follows each change of the view. */
    static Step onChange(Runnable changed) {
      return new Step() {
        @Override
        public void viewChanged() {
          changed.run();
        }
      };
    }

    /** Returns a step that follows only the changes in which nodes have met. */
    static Step onMeeting(Runnable met) {
      return new Step() {
        @Override
        public void met() {
          met.run();
        }
      };
    }

    /** Returns a step that only audits. */
    static Step onAudit(Consumer<Audit> audited) {
      return new Step() {
        @Override
        public void audit(Audit audit) {
          audited.accept(audit);
        }
      };
    }
  }

  /**
   * One pass through the row of steps.
   *
   * @param now the time of the pass
   * @param settling whether the view has changed a short time ago
   * @param grace how long the entries and counts of a node that is down still count
   * @param members the nodes
   */
  public record Audit(Instant now, boolean settling, Duration grace, Membership members) {
    /** Returns whether the entries and counts of a node that is not up count no more. */
    public boolean isOver(String owner) {
      return members.table().isOver(owner, now, grace, members);
    }
  }

  /**
   * Begins to follow the view, and audits once.
   *
   * @param grace how long the entries and counts of a node that is down still count
   * @param steps the steps, in the order in which they are called
   */
  public ClusterAuditor(Membership members, Duration grace, WorkerThreads tools, List<Step> steps) {
    this.members = members;
    this.steps = List.copyOf(steps);
    this.tools = tools;
    this.grace = grace;
    this.schedule = new AuditSchedule(tools.clock());
    this.workQueue = new WorkQueue<>(tools.workers(), changes -> audit(changes.contains(true)));
    members.listen(this::viewChanged);
    members.whenMet(() -> this.steps.forEach(Step::met));
    workQueue.mark(true);
  }

  private void viewChanged() {
    steps.forEach(Step::viewChanged);
    workQueue.mark(true);
  }

  /** Has the steps audit if it is time. Called every second; hands over. */
  public void tick() {
    steps.forEach(Step::tick);
    if (schedule.isDue()) {
      workQueue.mark(false);
    }
  }

  private void audit(boolean changed) {
    if (members.isLeaving(members.self())) {
      missed |= changed;
      return;
    }
    if (changed || missed) {
      schedule.changed();
      missed = false;
    }
    Audit audit = new Audit(tools.clock().instant(), schedule.isSettling(), grace, members);
    // First: the steps need to know which nodes are down and removed.
    members.table().audit(audit.now(), grace, members);
    boolean failed = false;
    for (Step step : steps) {
      failed |= !isDone(step, audit);
    }
    schedule.looked();
    if (failed || !members.table().down().isEmpty()) {
      schedule.soon();
    }
  }

  private static boolean isDone(Step step, Audit audit) {
    try {
      step.audit(audit);
      return true;
    } catch (RuntimeException e) {
      // The next steps must not wait for this one: it is due again at the next tick.
      LOG.log(Level.ERROR, "A step of the audit failed", e);
      return false;
    }
  }
}
