package org.rollcall.node;

import java.security.SecureRandom;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.config.ChannelSettings;
import org.rollcall.count.CountRounding;
import org.rollcall.count.CountRoundingRenewal;
import org.rollcall.count.Counts;
import org.rollcall.infinispan.InfinispanNode;
import org.rollcall.infinispan.InfinispanRoundedCountStore;

/** Puts together the counts of a node. */
final class NodeCounts {
  private NodeCounts() {}

  /**
   * Returns the counts of a node. Where counts hide people, their shown numbers are renewed in each
   * period.
   */
  static Counts of(
      ChannelSettings.Counting counting,
      InfinispanNode cache,
      NodeThreads threads,
      WorkerThreads tools) {
    // Started in any case, as all nodes have all caches.
    InfinispanRoundedCountStore store = InfinispanRoundedCountStore.of(cache);
    if (counting.isExact()) {
      return counts(counting, CountRounding.NONE, cache, threads);
    }
    CountRounding.Decided rounding =
        new CountRounding.Decided(store, counting.period(), tools.clock());
    Counts counts = counts(counting, rounding, cache, threads);
    CountRoundingRenewal renewal =
        new CountRoundingRenewal(
            counts,
            rounding,
            new CountRoundingRenewal.Step(counting.step(), new SecureRandom()::nextInt),
            cache.members(),
            tools.workers());
    threads.everySecond(renewal::tick);
    return counts;
  }

  private static Counts counts(
      ChannelSettings.Counting counting,
      CountRounding countRounding,
      InfinispanNode cache,
      NodeThreads threads) {
    return new Counts(
        cache.countStore(),
        new Counts.Telling(counting.interval(), countRounding),
        threads.executors().fanOut(),
        threads::later,
        threads.executors().nanos());
  }
}
