package org.rollcall.presence;

/** One that is told of the changes of a topic. */
@FunctionalInterface
public interface Subscriber {
  /**
   * Called once for each diff of a topic, in the order of their versions, by one thread at a time
   * for one topic but by several for several topics. Must not block, nor call the tracker.
   */
  void onDiff(PresenceDiff diff);
}
