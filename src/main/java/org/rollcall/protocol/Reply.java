package org.rollcall.protocol;

/**
 * The answer to one message.
 *
 * @param joinRef the JSON text of the message's join ref
 * @param ref the JSON text of the message's ref
 * @param topic the topic
 * @param status {@link #OK} or {@link #ERROR}
 * @param response JSON text
 */
public record Reply(String joinRef, String ref, String topic, String status, String response)
    implements Frame.Outgoing {
  /** The status of a message that was carried out. */
  public static final String OK = "ok";

  /** The status of a message that was refused. */
  public static final String ERROR = "error";

  /** The response that says nothing. */
  public static final String EMPTY = "{}";

  /** Returns the payload of the frame: status and response. */
  String payload() {
    return "{\"status\":\"" + status + "\",\"response\":" + response + "}";
  }
}
