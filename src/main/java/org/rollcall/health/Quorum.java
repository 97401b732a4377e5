package org.rollcall.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.rollcall.cluster.Membership;

/**
 * Whether this node has lost most of the nodes that it was with, at once or little by little: then
 * it is more likely that the network has cut it off than that all of them died, and clients do
 * better with the others.
 *
 * <p>A node that said that it would leave is not lost. One that joins stands for one that was lost,
 * as a node that starts again is another. Of two nodes neither can tell which one was cut off, so
 * both go on. Nodes that have not come back after five minutes are taken for dead, as somebody has
 * to serve.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Quorum {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Membership members;
  private final LongSupplier nanos;
  private final Map<String, Long> lost = new LinkedHashMap<>();
  private List<String> before;

  /**
   * Creates one that has lost nobody.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  public Quorum(Membership members, LongSupplier nanos) {
    this.members = members;
    this.nanos = nanos;
    this.before = members.up();
  }

  /** Takes notice of a view. Called after each change of it. */
  public synchronized void look() {
    List<String> up = members.up();
    long now = nanos.getAsLong();
    for (String node : before) {
      if (!up.contains(node) && members.hasCrashed(node)) {
        lost.put(node, now);
      }
    }
    for (String node : up) {
      if (!before.contains(node) && lost.remove(node) == null && !lost.isEmpty()) {
        lost.remove(lost.keySet().iterator().next());
      }
    }
    before = up;
  }

  /** Tells whether fewer nodes are up than were lost. */
  public synchronized boolean isLost() {
    long now = nanos.getAsLong();
    lost.values().removeIf(since -> now - since >= PATIENCE.toNanos());
    return before.size() < lost.size();
  }
}
