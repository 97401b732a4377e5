package org.rollcall.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Lets users go at a steady rate, and come back 0.7 seconds later at the same pace, to the last: if
 * all who are away came back at once in the end, that burst would be what is measured.
 */
final class ChurnLoad implements Runnable {
  private static final long AWAY = Duration.ofMillis(700).toNanos();
  private static final double SECOND = 1e9;

  private record Away(SimulatedUser user, long since) {}

  private final SimulatedUsers users;
  private final List<SimulatedUser> circle;
  private final int rate;
  private final Duration length;
  private final Deque<Away> away = new ArrayDeque<>();
  private final Random random = new Random(11);
  private final long begin = System.nanoTime();
  private int gone;

  /** Begins now; the loop has to run it each turn. */
  ChurnLoad(SimulatedUsers users, List<SimulatedUser> circle, int rate, Duration length) {
    this.users = users;
    this.circle = circle;
    this.rate = rate;
    this.length = length;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    long age = Math.min(now - begin, length.toNanos());
    while (gone < age / SECOND * rate) {
      SimulatedUser user = anyoneJoined();
      user.close();
      away.add(new Away(user, now));
      gone++;
    }
    for (Away first = away.peek(); first != null; first = away.peek()) {
      if (now - first.since() < AWAY) {
        return;
      }
      users.connect(away.remove().user());
    }
  }

  private SimulatedUser anyoneJoined() {
    for (int i = 0; i < circle.size(); i++) {
      SimulatedUser user = circle.get(random.nextInt(circle.size()));
      if (user.isJoined()) {
        return user;
      }
    }
    throw new BenchFailure("No user is online who could go");
  }

  /** Whether the time is over and everyone has at least begun to come back. */
  boolean isOver() {
    return away.isEmpty() && System.nanoTime() - begin > length.toNanos();
  }
}
