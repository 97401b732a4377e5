package org.rollcall.presence;

/** Receives the diffs of a topic. */
@FunctionalInterface
public interface Subscriber {
  /**
   * Called once for each diff of a topic, in the order of their versions. The diffs of one topic
   * come from one thread at a time, those of several topics from several threads. Must not block,
   * nor call the tracker.
   */
  void onDiff(PresenceDiff diff);
}
