package org.rollcall.protocol;

import java.util.Optional;

/**
 * Turns messages into frames and frames into text; one for each version of the wire format.
 *
 * <p>Stateless; safe for use by many threads.
 */
public sealed interface Serializer permits V1Serializer, V2Serializer {
  /** Version 1: frames are JSON objects. */
  Serializer V1 = new V1Serializer();

  /** Version 2: frames are JSON arrays, or binary. */
  Serializer V2 = new V2Serializer();

  /**
   * Returns the serializer of a client's {@code vsn} parameter.
   *
   * @param vsn what the client asked for, or an empty Optional, which means 1.0.0
   * @return empty if there is no such version
   */
  static Optional<Serializer> of(Optional<String> vsn) {
    String wanted = vsn.orElse("1.0.0");
    if (wanted.matches("1\\.0\\.[0-9]{1,4}")) {
      return Optional.of(V1);
    }
    if (wanted.matches("2\\.0\\.[0-9]{1,4}")) {
      return Optional.of(V2);
    }
    return Optional.empty();
  }

  /**
   * Reads a text message.
   *
   * @throws MalformedFrame if it is no frame of this version
   */
  Message decode(String text) throws MalformedFrame;

  /**
   * Reads a binary message.
   *
   * @throws MalformedFrame if it is no frame of this version
   */
  Message decode(byte[] bytes) throws MalformedFrame;

  /** Writes a frame as compact JSON: JavaPhoenixClient cuts frames at their commas. */
  String encode(Frame.Outgoing frame);
}
