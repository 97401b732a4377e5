package org.rollcall.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rollcall.concurrent.Scheduler;
import org.rollcall.protocol.CloseCode;

/**
 * Closes sockets whose clients have to come back with new tokens: the first ones at once, the rest
 * in batches, so that they do not come back together.
 *
 * <p>It takes 2 ms for each, and five seconds at most. Safe for many threads; no call blocks. The
 * sockets close in their mailboxes.
 */
final class TokenRenewals {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS = 100;
  private static final int FEWEST = 25;

  private final Scheduler scheduler;
  // Each socket once, however often its renewal is requested.
  private final Set<Socket> left = new LinkedHashSet<>();
  private int each;
  private boolean stepping;

  TokenRenewals(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Closes sockets, now or soon. A socket that has ended by then is left out. */
  void begin(Collection<Socket> sockets) {
    synchronized (this) {
      left.addAll(sockets);
      each = Math.max(FEWEST, (left.size() + STEPS - 1) / STEPS);
      if (stepping) {
        return;
      }
      stepping = true;
    }
    step();
  }

  private void step() {
    List<Socket> next = new ArrayList<>();
    synchronized (this) {
      left.stream().limit(each).forEach(next::add);
      next.forEach(left::remove);
      stepping = !left.isEmpty();
      if (stepping) {
        scheduler.run(this::step, STEP);
      }
    }
    next.forEach(socket -> socket.mailbox().execute(() -> socket.close(CloseCode.RENEWED)));
  }
}
