package org.rollcall.presence;

/** A subscriber's hold on one topic, from {@link Tracker#subscribe} to {@link #close}. */
public interface Subscription extends AutoCloseable {
  /** Returns the topic. */
  Topic topic();

  /** Returns who is there now. Diffs of higher versions follow, or have just been told. */
  PresenceState presenceState();

  /** Ends the subscription, and returns who was there after the last diff that was told. */
  PresenceState end();

  /** Ends the subscription: no diff is told after it returns. Closing twice is harmless. */
  @Override
  void close();
}
