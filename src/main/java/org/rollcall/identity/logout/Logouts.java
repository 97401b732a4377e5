package org.rollcall.identity.logout;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.rollcall.identity.User;

/**
 * The log-ins that have ended, the same on every node, so that none of their tokens is accepted
 * again.
 *
 * <p>The latest 50,000 of a day are remembered as long as one node is up. A node that starts gets
 * them by state transfer, before anyone can connect to it. A node that was cut off or hung gets
 * them when it is back, and writes the log-outs that it has received itself.
 *
 * <p>Safe for many threads. No call waits, except that {@link #check} waits for the other nodes.
 */
public final class Logouts {
  /** How long a log-out is remembered: longer than an issuer's token is valid, or should be. */
  public static final Duration LIFE = Duration.ofDays(1);

  private static final int MOST = 50_000;
  private static final int BATCH = 500;

  /**
   * How many checks after a change of the view read the whole store; at other times one in {@link
   * #SELDOM} does.
   */
  private static final int EAGER = 15;

  private static final int SELDOM = 30;
  private static final Logger LOG = System.getLogger(Logouts.class.getName());

  private final LogoutStore store;
  private final InstantSource clock;
  private final LogoutIndex index = new LogoutIndex(MOST, LIFE);
  private final List<Consumer<Logout>> listeners = new CopyOnWriteArrayList<>();
  private final LogoutWriter writer;
  private volatile boolean behind;
  // Of one worker at a time.
  private int checks;
  private int eager;

  /**
   * Reads all log-outs of the store, and begins to follow it.
   *
   * @param workers wait for the other nodes
   */
  public Logouts(LogoutStore store, InstantSource clock, Executor workers) {
    this.store = store;
    this.clock = clock;
    this.writer = new LogoutWriter(this::put, workers);
    // Listen before looking: a log-out that falls between the two is noted once.
    store.listen(this::hear);
    look();
  }

  /**
   * Reports each log-out that this node learns of, once.
   *
   * @param heard called when this node refuses all tokens of the log-in, on the thread that reports
   *     it, the store's threads among them; must not block
   */
  public void listen(Consumer<Logout> heard) {
    listeners.add(heard);
  }

  private void hear(Logout logout) {
    if (index.note(logout, clock.instant())) {
      listeners.forEach(listener -> listener.accept(logout));
    }
  }

  /**
   * Puts a log-out in force, on this node at once and then on every node. A second call is
   * harmless.
   *
   * @return completes with true when every node knows, with false after some seconds if not every
   *     node could be reached, or at once if too many log-outs wait; the other nodes learn of it
   *     when they can
   */
  public CompletionStage<Boolean> tell(Logout logout) {
    hear(logout);
    return writer
        .write(logout)
        .orElseGet(() -> CompletableFuture.completedFuture(false))
        .thenApply(this::note);
  }

  /** If not every node knows a log-out, has {@link #check} write the log-outs again. */
  private boolean note(boolean known) {
    if (!known) {
      behind = true;
    }
    return known;
  }

  private boolean put(List<Logout> logouts) {
    try {
      store.put(logouts, LIFE);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "Log-outs have not reached every node ({0}): {1}",
          logouts.size(),
          e.toString());
      return false;
    }
    logouts.forEach(index::settle);
    return true;
  }

  /**
   * Reads log-outs that came into the store by state transfer, which is not reported, and drops
   * forgotten ones: at each call for a while after a change of the view, seldom at other times.
   * After a change of the view, and after a write that failed, writes all known log-outs to every
   * replica. Called by one worker at a time, every second and after each change of the view.
   */
  public void check(boolean changed) {
    eager = changed ? EAGER : Math.max(0, eager - 1);
    if (eager > 0 || checks % SELDOM == 0) {
      look();
    }
    checks++;
    if (changed || behind) {
      behind = false;
      try {
        putAll(index.all(clock.instant()));
      } catch (RuntimeException e) {
        // Again in a second.
        behind = true;
        LOG.log(Level.DEBUG, "Not every log-out could be written again", e);
      }
    }
  }

  private void look() {
    store.forEach(
        logout -> {
          hear(logout);
          if (index.find(logout.id()).isEmpty()) {
            store.drop(logout);
          }
        });
  }

  private void putAll(List<Logout> all) {
    Instant now = clock.instant();
    for (int i = 0; i < all.size(); i += BATCH) {
      List<Logout> batch = all.subList(i, Math.min(i + BATCH, all.size()));
      Instant end = batch.get(batch.size() - 1).at().plus(LIFE);
      store.put(batch, Duration.between(now, end));
    }
  }

  /** Returns the known log-out with this id, or empty. */
  public Optional<Logout> find(String id) {
    return index.find(id);
  }

  /** Returns whether this node has sent a log-out to every node. */
  public boolean isSettled(String id) {
    return index.isSettled(id);
  }

  /** Returns whether the log-in that a user is connected with has ended. */
  public boolean hasEnded(User user) {
    return index.hasEnded(user);
  }
}
