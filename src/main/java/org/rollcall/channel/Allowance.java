package org.rollcall.channel;

import java.util.function.LongSupplier;
import org.rollcall.concurrent.Bucket;
import org.rollcall.config.LimitSettings;
import org.rollcall.protocol.Reason;

/**
 * How fast one client may send: so many joins and so many other events a second, and for once as
 * many as gather in five seconds. An event beyond that is answered with an error. A client that
 * sends more than four times both together is no client in a hurry but a flood.
 *
 * <p>{@link #frame} is called by the container's threads, the others by one worker at a time.
 */
final class Allowance {
  private static final int SECONDS = 5;
  private static final int FAR_BEYOND = 4;

  private final LongSupplier nanos;
  private final Bucket frames;
  private final Bucket joins;
  private final Bucket events;

  Allowance(LimitSettings.Rates rates, LongSupplier nanos) {
    long now = nanos.getAsLong();
    this.nanos = nanos;
    this.frames = new Bucket(FAR_BEYOND * (rates.joins() + rates.events()), SECONDS, now);
    this.joins = new Bucket(rates.joins(), SECONDS, now);
    this.events = new Bucket(rates.events(), SECONDS, now);
  }

  /** Returns the error of what came faster than a setting allows. */
  static String exceeded(String most, String setting) {
    return Reason.RATE_LIMITED.payload("expected at most " + most + " a second (" + setting + ")");
  }

  /** Takes a message that is not decoded yet. Tells whether it is no flood. */
  boolean frame(long now) {
    synchronized (frames) {
      return frames.take(now);
    }
  }

  /** Takes a join, if it is within its rate. */
  boolean join() {
    return joins.take(nanos.getAsLong());
  }

  /** Takes another event, if it is within its rate. */
  boolean event() {
    return events.take(nanos.getAsLong());
  }
}
