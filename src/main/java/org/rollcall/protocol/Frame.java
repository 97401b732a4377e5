package org.rollcall.protocol;

/**
 * One message of the Phoenix Channels protocol.
 *
 * <p>Refs are kept as the JSON text in which they came ({@code "7"} with its quotes, {@code 7} or
 * {@code null}), because a client gets its refs back as it gave them. Payloads that go out are JSON
 * text without white space, ready to be put between an envelope.
 */
public sealed interface Frame permits Message, Frame.Outgoing {
  /** The JSON text of a ref that is absent. */
  String NO_REF = "null";

  /** Returns the topic, {@code prefix:subtopic}. */
  String topic();

  /** A frame on its way to a client. */
  sealed interface Outgoing extends Frame permits Reply, Push, Broadcast {}
}
