package org.rollcall.admission;

import java.util.function.LongSupplier;
import org.rollcall.concurrent.TokenBucket;
import org.rollcall.config.LimitSettings;
import org.rollcall.protocol.Reason;

/**
 * The rates at which one client may send: a number of joins and a number of other events a second,
 * and at once as many as gather in five seconds. An event above its rate is answered with an error.
 * A client that sends more than four times the sum of both rates floods the server.
 *
 * <p>{@link #frame} is called by the container's threads, the others by one worker at a time.
 */
public final class MessageRateLimit {
  private static final int SECONDS = 5;
  private static final int FAR_BEYOND = 4;

  private final LongSupplier nanos;
  private final TokenBucket frames;
  private final TokenBucket joins;
  private final TokenBucket events;

  public MessageRateLimit(LimitSettings.Rates rates, LongSupplier nanos) {
    long now = nanos.getAsLong();
    this.nanos = nanos;
    this.frames = new TokenBucket(FAR_BEYOND * (rates.joins() + rates.events()), SECONDS, now);
    this.joins = new TokenBucket(rates.joins(), SECONDS, now);
    this.events = new TokenBucket(rates.events(), SECONDS, now);
  }

  /** Returns the error for an event that came faster than a setting allows. */
  public static String exceeded(String most, String setting) {
    return Reason.RATE_LIMITED.payload("expected at most " + most + " a second (" + setting + ")");
  }

  /** Counts a message that is not decoded yet. Returns false if the client floods the server. */
  public boolean frame(long now) {
    synchronized (frames) {
      return frames.take(now);
    }
  }

  /** Counts a join, if it is within its rate. Returns whether it is. */
  public boolean join() {
    return joins.take(nanos.getAsLong());
  }

  /** Counts another event, if it is within its rate. Returns whether it is. */
  public boolean event() {
    return events.take(nanos.getAsLong());
  }
}
