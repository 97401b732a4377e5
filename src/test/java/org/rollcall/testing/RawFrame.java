package org.rollcall.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of frames (RFC 6455, section 5.2). */
final class RawFrame {
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int CLOSE = 0x88;

  private RawFrame() {}

  /** Writes the head of a client's frame, masked with zeros. */
  static void head(ByteArrayOutputStream out, int first, long length) {
    out.write(first);
    if (length < TWO_BYTES) {
      out.write(MASKED | (int) length);
    } else if (length <= 0xffff) {
      out.write(MASKED | TWO_BYTES);
      out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) length).array());
    } else {
      out.write(MASKED | EIGHT_BYTES);
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }
    out.writeBytes(new byte[4]);
  }

  /** Returns the payload of a good-bye. */
  static byte[] closeBody(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) code).put(text).array();
  }

  /** Reads a server's frame, which must be short. */
  static ShortFrame readShort(InputStream in) throws IOException {
    int first = in.read();
    int length = in.read();
    if ((first & 0xf0) != 0x80 || length < 0 || length >= TWO_BYTES) {
      throw new AssertionError("Expected a short frame, but got " + first + " " + length);
    }
    return new ShortFrame(first & 0xf, in.readNBytes(length));
  }

  /** Reads a server's frames up to its good-bye, and returns the code of that. */
  static int closeCode(InputStream in) throws IOException {
    while (true) {
      int first = in.read();
      byte[] payload = payload(in);
      if (first == CLOSE) {
        return ByteBuffer.wrap(payload).getShort();
      }
    }
  }

  /** Reads a server's frames up to the text that contains a part, and returns the text. */
  static String textWith(InputStream in, String part) throws IOException {
    String text = "";
    while (!text.contains(part)) {
      if (in.read() == CLOSE) {
        throw new AssertionError("Expected a text with " + part + ", but got a close frame");
      }
      text = new String(payload(in), StandardCharsets.UTF_8);
    }
    return text;
  }

  private static byte[] payload(InputStream in) throws IOException {
    int length = in.read();
    if (length < 0) {
      throw new AssertionError("Expected another frame, but the connection was cut");
    }
    if (length == TWO_BYTES) {
      length = Short.toUnsignedInt(ByteBuffer.wrap(in.readNBytes(Short.BYTES)).getShort());
    } else if (length == EIGHT_BYTES) {
      length = Math.toIntExact(ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong());
    }
    return in.readNBytes(length);
  }
}
