package org.rollcall.cluster;

import java.util.concurrent.CompletionStage;

/**
 * Sends requests to the owners of elements on other nodes. Safe for many threads; no call blocks.
 */
public interface OwnerClient {
  /**
   * Sends a node the sums of its elements in this node's replica.
   *
   * @return the result of {@link Reconciler#answer} there; fails if there is no answer within
   *     seconds
   */
  CompletionStage<long[]> ask(String node, long[] sums);

  /** Has a node write elements again, by {@link Reconciler#writeAgain}. */
  void writeAgain(String node, long[] ids);
}
