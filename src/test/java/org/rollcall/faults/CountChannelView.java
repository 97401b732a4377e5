package org.rollcall.faults;

import org.rollcall.testing.CountView;
import org.rollcall.testing.Frame;

/** The total that a page shows, and the least and the most that it ever showed. */
final class CountChannelView implements ChannelView {
  private final CountView view = new CountView();
  private boolean fresh;
  private int least = Integer.MAX_VALUE;
  private int most;

  @Override
  public void rejoin() {
    fresh = false;
  }

  @Override
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public void take(Frame frame, long nanos) {
    if (frame.event().equals("presence_state")) {
      fresh = true;
    } else if (!fresh) {
      throw new AssertionError("Expected a state before " + frame);
    }
    view.apply(frame);
    least = Math.min(least, users());
    most = Math.max(most, users());
  }

  /** Forgets the least and the most. */
  void begin() {
    least = users();
    most = users();
  }

  int users() {
    return view.users();
  }

  int viewers() {
    return view.viewers();
  }

  /** Returns the least number of users that was shown. */
  int least() {
    return least;
  }

  /** Returns the greatest number of users that was shown. */
  int most() {
    return most;
  }
}
