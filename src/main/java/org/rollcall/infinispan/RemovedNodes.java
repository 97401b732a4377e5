package org.rollcall.infinispan;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The nodes that have counted as gone and count no more, for ten minutes: nodes are not gone for
 * all at once, and one that has just started counts them longer.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class RemovedNodes {
  /** Longer than a node that starts takes, and the grace after it. */
  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final LongSupplier nanos;
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  RemovedNodes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Remembers nodes from now on, and forgets those whose time is over. */
  void add(Set<String> nodes) {
    long now = nanos.getAsLong();
    nodes.forEach(node -> since.put(node, now));
    since.values().removeIf(then -> now - then > REMEMBERED_NANOS);
  }

  /** Returns these nodes and the remembered ones, in a new set. */
  Set<String> with(Set<String> nodes) {
    Set<String> all = new HashSet<>(nodes);
    all.addAll(since.keySet());
    return all;
  }
}
