package org.rollcall.testing;

import java.nio.charset.StandardCharsets;

/** A short frame of a WebSocket (RFC 6455, section 5.2). */
public final class ShortFrame {
  /** The kind of a text. */
  public static final int TEXT = 1;

  /** The kind of a close frame. */
  public static final int CLOSE = 8;

  /** The kind of a ping. */
  public static final int PING = 9;

  /** The kind of a pong. */
  public static final int PONG = 10;

  private final int opcode;
  private final byte[] payload;

  /**
   * Creates a frame.
   *
   * @param opcode its kind
   * @param payload at most 125 bytes
   */
  public ShortFrame(int opcode, byte[] payload) {
    this.opcode = opcode;
    this.payload = payload.clone();
  }

  /** Returns the kind of the frame. */
  public int opcode() {
    return opcode;
  }

  /** Returns the bytes that the frame carries. */
  public byte[] payload() {
    return payload.clone();
  }

  /** Returns the text of a text, which this has to be. */
  public String text() {
    if (opcode != TEXT) {
      throw new AssertionError("Expected a text, but got a frame of kind " + opcode);
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** Returns the code of a close frame. */
  public int closeCode() {
    return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
  }
}
