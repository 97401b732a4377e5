package org.rollcall.node;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;

/**
 * Carries log-outs out as they come, and checks for missed ones each second and after each change
 * of the view, also on a node that is about to leave. A check may wait for other nodes, so it has a
 * work queue of its own.
 */
final class LogoutWatch implements ClusterAuditor.Step {
  private final WorkQueue<Boolean> checks;

  /**
   * Begins to watch.
   *
   * @param end carries log-outs out; called by one worker at a time
   */
  LogoutWatch(Logouts logouts, Executor workers, Consumer<List<Logout>> end) {
    WorkQueue<Logout> ended = new WorkQueue<>(workers, end);
    this.checks = new WorkQueue<>(workers, changes -> logouts.check(changes.contains(true)));
    logouts.listen(ended::mark);
  }

  @Override
  public void viewChanged() {
    checks.mark(true);
  }

  @Override
  public void tick() {
    checks.mark(false);
  }
}
