package org.rollcall.protocol;

/**
 * An event for one channel of one connection.
 *
 * @param joinRef the JSON text of the channel's join ref
 * @param ref {@link Frame#NO_REF}, but for {@code phx_close} and {@code phx_error}, which repeat
 *     the join ref
 * @param topic the topic
 * @param event the event
 * @param payload JSON text
 */
public record Push(String joinRef, String ref, String topic, String event, String payload)
    implements Frame.Outgoing {

  /** Returns a push of {@code event}. */
  public static Push of(String joinRef, String topic, String event, String payload) {
    return new Push(joinRef, NO_REF, topic, event, payload);
  }

  /** Returns the frame that ends a channel: {@code phx_close} or {@code phx_error}. */
  public static Push ending(String joinRef, String topic, String event, String payload) {
    return new Push(joinRef, joinRef, topic, event, payload);
  }
}
