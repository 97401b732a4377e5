package org.rollcall.transport;

import java.nio.ByteBuffer;

/**
 * Reads along the frames that a client sends (RFC 6455, section 5.2), and notes a close frame
 * without a body. It keeps nothing of them.
 *
 * <p>{@link #read} is called by one thread at a time, {@link #hasCloseWithoutCode} by any.
 */
final class ClientFrames {
  private static final int SHORT_HEAD = 2;
  private static final int LONGEST_HEAD = 14;
  private static final int MASK = 4;
  private static final int OPCODE = 0x0f;
  private static final int CLOSE = 8;
  private static final int LENGTH = 0x7f;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final byte[] head = new byte[LONGEST_HEAD];
  private int headRead;
  private long payloadLeft;
  private volatile boolean closeWithoutCode;

  /** Reads the next bytes, wherever they begin and end. */
  void read(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (payloadLeft > 0) {
        int skipped = (int) Math.min(payloadLeft, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        payloadLeft -= skipped;
      } else {
        head[headRead++] = bytes.get();
        if (headRead == headLength()) {
          headRead = 0;
          payloadLeft = payloadLength();
          closeWithoutCode |= (head[0] & OPCODE) == CLOSE && payloadLeft == 0;
        }
      }
    }
  }

  private int headLength() {
    if (headRead < SHORT_HEAD) {
      return SHORT_HEAD;
    }
    return SHORT_HEAD + lengthBytes() + (head[1] < 0 ? MASK : 0);
  }

  private int lengthBytes() {
    return switch (head[1] & LENGTH) {
      case TWO_BYTES -> Short.BYTES;
      case EIGHT_BYTES -> Long.BYTES;
      default -> 0;
    };
  }

  private long payloadLength() {
    ByteBuffer length = ByteBuffer.wrap(head, SHORT_HEAD, lengthBytes());
    return switch (length.remaining()) {
      case Short.BYTES -> Short.toUnsignedLong(length.getShort());
      case Long.BYTES -> length.getLong();
      default -> head[1] & LENGTH;
    };
  }

  /** Tells whether a close frame without a code has come. */
  boolean hasCloseWithoutCode() {
    return closeWithoutCode;
  }
}
