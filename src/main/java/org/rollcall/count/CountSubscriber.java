package org.rollcall.count;

import org.rollcall.presence.Liveness;

/**
 * One that is told of a topic's count: a state, then diffs from it, in one sequence.
 *
 * <p>Told by one thread at a time, with the counter locked. Must not block, nor call {@link
 * Counts}.
 */
public interface CountSubscriber extends Liveness {
  /** Is told the whole count; what was told before is void. */
  void onState(Count state);

  /** Is told the way from the last count that it was told to another. */
  void onDiff(Change change);

  /**
   * The way from one count to another.
   *
   * @param from what the subscriber was told last
   * @param to what is true now; not equal
   */
  record Change(Count from, Count to) {}
}
