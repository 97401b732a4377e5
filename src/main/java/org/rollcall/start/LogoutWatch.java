package org.rollcall.start;

import java.util.List;
import java.util.function.Consumer;
import org.rollcall.identity.Logout;
import org.rollcall.identity.Logouts;
import org.rollcall.presence.Lane;
import org.rollcall.presence.Members;

/** Has log-outs carried out as they come, and looked for where they may have been missed. */
final class LogoutWatch {
  private LogoutWatch() {}

  /**
   * Begins to watch.
   *
   * @param end carries log-outs out; called by one worker at a time
   */
  static void begin(
      Logouts logouts, Members members, NodeThreads threads, Consumer<List<Logout>> end) {
    Lane<Logout> ended = new Lane<>(threads.threads().workers(), end);
    logouts.listen(ended::mark);
    Lane<Boolean> checks =
        new Lane<>(threads.threads().workers(), changes -> logouts.check(changes.contains(true)));
    threads.everySecond(() -> checks.mark(false));
    members.listen(() -> checks.mark(true));
  }
}
