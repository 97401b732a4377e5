package org.rollcall.count;

import org.rollcall.presence.Liveness;

/**
 * Receives the count of one topic: a state, then diffs from it, in one sequence.
 *
 * <p>Called by one thread at a time, with the counter locked. Must not block, nor call {@link
 * Counts}.
 */
public interface CountSubscriber extends Liveness {
  /** Called with the whole count, which replaces all that was sent before. */
  void onState(Count state);

  /** Called with the change from the last count that was sent to another one. */
  void onDiff(Change change);

  /**
   * The change from one count to another.
   *
   * @param from the count that the subscriber was sent last
   * @param to the count now; not equal
   */
  record Change(Count from, Count to) {}
}
