package org.rollcall.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.Scheduler;

/**
 * Asks again for the friends of all who are connected, little by little: after this node may have
 * missed what others were told.
 *
 * <p>It begins some seconds late, when every node sees the others again: what changes after that is
 * told. It takes five seconds or more, on threads that it shares with what administrators have
 * refreshed; while questions wait there, no more are added. Another round begins anew. Who connects
 * meanwhile has been asked for.
 *
 * <p>Safe for many threads; no call blocks. The timer hands sockets over, their mailboxes ask.
 */
final class FriendsRefresher {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int STEPS = 250;

  /** A client that joins shares its socket's question, and does not wait for long behind these. */
  private static final int MOST_WAITING = 64;

  private final Supplier<Collection<Socket>> living;
  private final Scheduler scheduler;
  private final BoundedExecutor asking;
  private final Deque<Socket> left = new ArrayDeque<>();
  private int each;
  private int round;

  /**
   * Creates one that asks nothing yet.
   *
   * @param living returns the sockets that live
   * @param asking runs the questions
   */
  FriendsRefresher(
      Supplier<Collection<Socket>> living, Scheduler scheduler, BoundedExecutor asking) {
    this.living = living;
    this.scheduler = scheduler;
    this.asking = asking;
  }

  /** Begins a round soon. */
  void begin() {
    scheduler.run(this::start, PAUSE);
  }

  private void start() {
    List<Socket> all = new ArrayList<>(living.get());
    // Or all nodes would ask for the same users first.
    Collections.shuffle(all);
    int started;
    synchronized (this) {
      left.clear();
      left.addAll(all);
      each = (all.size() + STEPS - 1) / STEPS;
      round++;
      started = round;
    }
    step(started);
  }

  private void step(int started) {
    List<Socket> next = new ArrayList<>();
    synchronized (this) {
      if (started != round) {
        return;
      }
      int room = Math.min(each, MOST_WAITING - asking.waiting());
      while (next.size() < room && !left.isEmpty()) {
        next.add(left.remove());
      }
      if (!left.isEmpty()) {
        scheduler.run(() -> step(started), STEP);
      }
    }
    next.forEach(socket -> socket.friendsChanged(asking));
  }
}
