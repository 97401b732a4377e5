package org.rollcall.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A client's message.
 *
 * @param joinRef the JSON text of the ref with which the client joined the topic, or {@code null}
 * @param ref the JSON text of the message's own ref, which the reply repeats
 * @param topic the topic
 * @param event the event
 * @param payload the payload, or null if it was binary
 */
public record Message(
    String joinRef, String ref, String topic, String event, @Nullable JsonValue payload)
    implements Frame {

  /** Returns the payload if it is a JSON object, else null. */
  public @Nullable JsonObject object() {
    return payload instanceof JsonObject object ? object : null;
  }

  /** Returns this without its payload, to be kept. */
  public Message withoutPayload() {
    return new Message(joinRef, ref, topic, event, null);
  }

  /** Returns what is kept of a join that was answered: its topic and its name. */
  public Message answered() {
    return new Message(joinRef, joinRef, topic, Events.JOIN, null);
  }

  /** Returns this as a message of a join, which it names if it names none. */
  public Message in(String join) {
    return hasJoinRef() ? this : new Message(join, ref, topic, event, payload);
  }

  /** Returns whether the client said which of its joins this belongs to. */
  public boolean hasJoinRef() {
    return !joinRef.equals(NO_REF);
  }

  /** Returns an ok reply to this message. */
  public Reply ok(String response) {
    return new Reply(joinRef, ref, topic, Reply.OK, response);
  }

  /** Returns the reply to a message on a topic that is not joined; it names no join. */
  public Reply unmatched() {
    return noChannel(Reason.UNMATCHED_TOPIC);
  }

  /** Returns the reply to a message on a topic that has no channel; it names no join. */
  public Reply noChannel(Reason reason) {
    return new Reply(NO_REF, ref, topic, Reply.ERROR, reason.payload());
  }

  /** Returns an error reply to this message. */
  public Reply error(String response) {
    return new Reply(joinRef, ref, topic, Reply.ERROR, response);
  }
}
