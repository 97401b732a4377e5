package org.rollcall.cluster;

import java.util.concurrent.CompletionStage;

/** The other nodes, to be asked what they stand for. Safe for many threads; no call blocks. */
public interface OwnerClient {
  /**
   * Sends a node the sums of what is known of its things.
   *
   * @return what {@link Reconciler#answer} gives there; fails if there is no answer within seconds
   */
  CompletionStage<long[]> ask(String node, long[] sums);

  /** Has a node write things again, as {@link Reconciler#writeAgain} does there. */
  void writeAgain(String node, long[] ids);
}
