package org.rollcall.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.rollcall.cluster.Membership;

/**
 * Whether this node has lost most of the nodes of its view, at once or one after the other. Then
 * the network has probably cut it off, and clients should go to the other nodes.
 *
 * <p>A node that announced that it leaves is not lost. A node that joins replaces a lost one,
 * because a node that starts again has another id. Of two nodes neither can know which one was cut
 * off, so both go on. Nodes that have not come back after five minutes count as dead, because one
 * side has to serve.
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
   * Creates the check of a node that has lost no other node.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  public Quorum(Membership members, LongSupplier nanos) {
    this.members = members;
    this.nanos = nanos;
    this.before = members.up();
  }

  /** Compares the view with the one before. Called after each change of the view. */
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

  /** Returns whether fewer nodes are up than were lost. */
  public synchronized boolean isLost() {
    long now = nanos.getAsLong();
    lost.values().removeIf(since -> now - since >= PATIENCE.toNanos());
    return before.size() < lost.size();
  }
}
