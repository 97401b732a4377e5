package org.rollcall.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The frames of RFC 6455 that the generator sends and reads. */
final class Frames {
  static final int WHOLE_TEXT = 0x81;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  static final int PONG = 0x8a;

  private static final int MASKED = 0x80;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final byte[] MASK = {0x1d, 0x72, 0x33, 0x5a};

  private Frames() {}

  static ByteBuffer text(String text) {
    return frame(WHOLE_TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static ByteBuffer close(int code) {
    return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  static ByteBuffer pong(ByteBuffer buffer, int from, int length) {
    byte[] payload = new byte[length];
    buffer.get(from, payload);
    return frame(PONG, payload);
  }

  /** Returns a client's frame, whose payload is masked. */
  private static ByteBuffer frame(int type, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) type);
    if (payload.length < SHORT) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      frame.put((byte) (MASKED | SHORT)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | LONG)).putLong(payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return frame.flip();
  }

  /**
   * Reads the head of a server's frame, and returns the length of its payload, or -1 if the head
   * has not come wholly.
   */
  static int length(ByteBuffer buffer) {
    if (buffer.remaining() < 2) {
      return -1;
    }
    buffer.get();
    int length = buffer.get();
    if (length < SHORT) {
      return length;
    }
    if (length == SHORT) {
      return buffer.remaining() < Short.BYTES ? -1 : buffer.getShort() & 0xffff;
    }
    return buffer.remaining() < Long.BYTES ? -1 : Math.toIntExact(buffer.getLong());
  }

  /** Returns the code and the reason of a frame that closes. */
  static String reason(ByteBuffer buffer, int payload, int length) {
    if (length < Short.BYTES) {
      return "no code";
    }
    byte[] text = new byte[length - Short.BYTES];
    buffer.get(payload + Short.BYTES, text);
    return (buffer.getShort(payload) & 0xffff) + " " + new String(text, StandardCharsets.UTF_8);
  }
}
