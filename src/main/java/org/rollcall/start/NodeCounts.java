package org.rollcall.start;

import java.security.SecureRandom;
import org.rollcall.cluster.CacheNode;
import org.rollcall.cluster.CacheShownStore;
import org.rollcall.config.ChannelSettings;
import org.rollcall.count.Counts;
import org.rollcall.count.Veil;
import org.rollcall.count.VeilRenewal;
import org.rollcall.presence.WorkerThreads;

/** Puts together what counts on a node. */
final class NodeCounts {
  private NodeCounts() {}

  /**
   * Returns the counts of a node. Where counts hide people, their shown numbers are renewed in each
   * period.
   */
  static Counts of(
      ChannelSettings.Counting counting,
      CacheNode cache,
      NodeThreads threads,
      WorkerThreads tools) {
    // Started in any case, as all nodes have all caches.
    CacheShownStore store = CacheShownStore.of(cache);
    if (counting.isExact()) {
      return counts(counting, Veil.NONE, cache, threads);
    }
    Veil.Decided veil = new Veil.Decided(store, counting.period(), tools.clock());
    Counts counts = counts(counting, veil, cache, threads);
    VeilRenewal renewal =
        new VeilRenewal(
            counts,
            veil,
            new VeilRenewal.Step(counting.step(), new SecureRandom()::nextInt),
            cache.members(),
            tools.workers());
    threads.everySecond(renewal::tick);
    return counts;
  }

  private static Counts counts(
      ChannelSettings.Counting counting, Veil veil, CacheNode cache, NodeThreads threads) {
    return new Counts(
        cache.shares(),
        new Counts.Telling(counting.interval(), veil),
        threads.threads().fanOut(),
        threads::later,
        threads.threads().nanos());
  }
}
