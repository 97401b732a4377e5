package org.rollcall.node;

import java.util.List;
import java.util.function.Consumer;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;

/** Has log-outs carried out as they come, and looked for where they may have been missed. */
final class LogoutWatch {
  private LogoutWatch() {}

  /**
   * Begins to watch.
   *
   * @param end carries log-outs out; called by one worker at a time
   */
  static void begin(
      Logouts logouts, Membership members, NodeThreads threads, Consumer<List<Logout>> end) {
    WorkQueue<Logout> ended = new WorkQueue<>(threads.executors().workers(), end);
    logouts.listen(ended::mark);
    WorkQueue<Boolean> checks =
        new WorkQueue<>(
            threads.executors().workers(), changes -> logouts.check(changes.contains(true)));
    threads.everySecond(() -> checks.mark(false));
    members.listen(() -> checks.mark(true));
  }
}
