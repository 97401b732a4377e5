package org.rollcall.presence;

/** A subscription to one topic, from {@link Tracker#subscribe} to {@link #close}. */
public interface Subscription extends AutoCloseable {
  /** Returns the topic. */
  Topic topic();

  /** Returns the topic's state now. Diffs of higher versions follow, or have just been sent. */
  PresenceState presenceState();

  /** Ends the subscription, and returns the topic's state after the last diff that was sent. */
  PresenceState end();

  /** Ends the subscription: no diff is sent after it returns. Closing twice is harmless. */
  @Override
  void close();
}
