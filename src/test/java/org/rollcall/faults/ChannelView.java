package org.rollcall.faults;

import org.rollcall.testing.Frame;

/**
 * The state that one channel of a visitor shows, and all diffs that it got. The visitor's lock
 * guards it.
 */
sealed interface ChannelView permits PresenceChannelView, CountChannelView {
  /** Is told that the channel joins again, so that a state comes next. */
  void rejoin();

  /** Returns whether the state of the last join has come. */
  boolean isFresh();

  /**
   * Takes a state or a diff.
   *
   * @param nanos when it came
   */
  void take(Frame frame, long nanos);

  /** Returns the page of a topic. */
  static ChannelView of(String topic) {
    return topic.startsWith("count:") ? new CountChannelView() : new PresenceChannelView();
  }
}
