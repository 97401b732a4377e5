package org.rollcall.protocol;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Every {@code reason} that an error reply, or a {@code phx_error}, may give. */
public enum Reason {
  /** Issued when this user may not join this topic. Another try does not help. */
  UNAUTHORIZED("unauthorized"),

  /**
   * Issued when no channel has this topic, or the topic is not joined. Another try does not help.
   */
  UNMATCHED_TOPIC("unmatched topic"),

  /** Issued when the topic of a join cannot be a name. Another try does not help. */
  INVALID_TOPIC("invalid topic"),

  /** Issued when a connection joins one more channel than it may (CVE-2026-56811). */
  TOO_MANY_CHANNELS("too many channels joined"),

  /**
   * Issued when a client without a token joins a topic on which nobody is, and its address or the
   * node has as many as {@code detail} says. It may come back.
   */
  TOO_MANY_TOPICS("too many topics"),

  /**
   * Issued when a user joins a room in which as many connections are as {@code detail} says, and
   * none of this user's. It may come back.
   */
  ROOM_FULL("room is full"),

  /**
   * Issued when joins, events or changes of visibility come faster than the limit that {@code
   * detail} names. Nothing else is lost. The client may come back slower.
   */
  RATE_LIMITED("rate limited"),

  /** Issued when a join fails on the server through no fault of the client. It may come back. */
  JOIN_CRASHED("join crashed"),

  /** Issued when whom the user may see cannot be found out now. It may come back. */
  FRIENDS_UNAVAILABLE("friends unavailable"),

  /** Issued when the meta that a client gives breaks a rule; {@code detail} says which. */
  INVALID_META("invalid meta"),

  /** Issued when a payload is not what the event takes; {@code detail} says what is. */
  INVALID_PAYLOAD("invalid payload"),

  /**
   * Issued when to whom the user is visible cannot be changed now, or too many such requests wait.
   * It may come back.
   */
  VISIBILITY_UNAVAILABLE("visibility unavailable"),

  /** Issued when a channel has no such event. The channel lives on. */
  UNKNOWN_EVENT("unknown event"),

  /** Issued when a joined channel fails on the server. The client joins again. */
  CHANNEL_CRASH("channel_crash"),

  /** Issued, on topic {@code phoenix} and without a ref, when a message is no frame at all. */
  MALFORMED_FRAME("malformed frame");

  private static final Map<Reason, LongAdder> GIVEN = new EnumMap<>(Reason.class);

  static {
    for (Reason reason : values()) {
      GIVEN.put(reason, new LongAdder());
    }
  }

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Returns the reason as the wire has it. */
  public String text() {
    return text;
  }

  /** Returns how often the reason was given since the start, on all connections. */
  public long given() {
    return count().sum();
  }

  private LongAdder count() {
    return Objects.requireNonNull(GIVEN.get(this));
  }

  /** Returns the error payload {@code {"reason":"..."}}. */
  public String payload() {
    count().increment();
    return "{\"reason\":" + Json.quote(text) + "}";
  }

  /**
   * Returns the error payload {@code {"reason":"...","detail":"..."}}.
   *
   * @param detail a sentence with what was expected and what came
   */
  public String payload(String detail) {
    count().increment();
    return "{\"reason\":" + Json.quote(text) + ",\"detail\":" + Json.quote(detail) + "}";
  }
}
