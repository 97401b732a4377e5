package org.rollcall.socket;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The pace at which a node that stops closes its sockets: in batches, some tens of milliseconds
 * apart and never evenly, so that the clients do not all reconnect to the other nodes at the same
 * moment.
 *
 * @param longest what it may take at most; less if there are few to say it to
 * @param pause waits; the caller's thread is held meanwhile
 */
public record Drainer(Duration longest, Consumer<Duration> pause) {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration PER_SOCKET = Duration.ofMillis(2);

  /** Returns a pace in real time. */
  public static Drainer within(Duration longest) {
    return new Drainer(longest, time -> LockSupport.parkNanos(time.toNanos()));
  }

  /** Returns in how many batches so many sockets are closed: one or more. */
  int batches(int sockets) {
    Duration wanted = PER_SOCKET.multipliedBy(sockets);
    Duration time = wanted.compareTo(longest) < 0 ? wanted : longest;
    return (int) Math.max(1, time.dividedBy(STEP));
  }

  /** Waits for about a step: between half of one and one and a half. */
  void step(Random random) {
    pause.accept(Duration.ofMillis(STEP.toMillis() / 2 + random.nextLong(STEP.toMillis())));
  }
}
