package org.rollcall.transport;

import java.nio.ByteBuffer;

/**
 * Reads the heads of the frames in a client's stream of bytes (RFC 6455, section 5.2): the kind of
 * each frame and its length, before any of it is kept.
 *
 * <p>It holds a few numbers and no bytes. It does not judge frames that the protocol forbids; the
 * container does. Called by one thread at a time.
 */
final class FrameMeter {
  private static final int CONTROL = 0x8;
  private static final int KIND = 0xf;
  private static final int LENGTH = 0x7f;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MASK_BYTES = 4;

  private final Frames frames;
  private int kind = -1;
  private int headLeft;
  private boolean masked;
  private int maskLeft;
  private long length;
  private long payloadLeft;

  /** Called for each frame, once its head has been read. */
  interface Frames {
    /**
     * Measures a frame whose payload begins.
     *
     * @param kind its operation code: 8 and more are control frames
     * @param length the bytes of its payload, as the head says
     * @param masked whether it is masked, as a client's frames have to be
     */
    void frame(int kind, long length, boolean masked);
  }

  FrameMeter(Frames frames) {
    this.frames = frames;
  }

  /** Returns whether a kind of frame is a control frame. */
  static boolean isControl(int kind) {
    return kind >= CONTROL;
  }

  /** Reads the next bytes, which may begin and end anywhere in a frame. */
  void read(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (payloadLeft > 0) {
        int skipped = (int) Math.min(payloadLeft, bytes.remaining());
        payloadLeft -= skipped;
        bytes.position(bytes.position() + skipped);
      } else {
        head(Byte.toUnsignedInt(bytes.get()));
      }
    }
  }

  private void head(int next) {
    if (kind < 0) {
      kind = next & KIND;
      headLeft = -1;
    } else if (headLeft < 0) {
      masked = (next & MASKED) != 0;
      maskLeft = masked ? MASK_BYTES : 0;
      int code = next & LENGTH;
      headLeft = code == EIGHT_BYTES ? Long.BYTES : code == TWO_BYTES ? Short.BYTES : 0;
      length = headLeft == 0 ? code : 0;
      endOfHead();
    } else if (headLeft > 0) {
      headLeft--;
      length = length << Byte.SIZE | next;
      endOfHead();
    } else {
      maskLeft--;
      endOfHead();
    }
  }

  private void endOfHead() {
    if (headLeft == 0 && maskLeft == 0) {
      int ended = kind;
      kind = -1;
      // A length with the highest bit set is forbidden, and longer than anything.
      payloadLeft = length < 0 ? Long.MAX_VALUE : length;
      frames.frame(ended, payloadLeft, masked);
    }
  }
}
