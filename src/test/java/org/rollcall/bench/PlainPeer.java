package org.rollcall.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** One connection of the {@link PlainLoop}, which reads short frames only. */
final class PlainPeer {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int HEAD = 2;
  private static final int MASK = 4;
  private static final int SHORT = 126;

  private final SocketChannel channel;
  private byte[] rest = {};
  private boolean upgraded;
  private boolean hub;

  PlainPeer(SocketChannel channel) {
    this.channel = channel;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isHub() {
    return hub;
  }

  void becomeHub() {
    hub = true;
  }

  /** Reads what has come, and returns the texts; closes at the end, or when the client does. */
  List<String> read(ByteBuffer in) throws IOException {
    in.clear();
    if (receive(in) < 0) {
      channel.close();
      return List.of();
    }
    in.flip();
    byte[] bytes = Arrays.copyOf(rest, rest.length + in.remaining());
    in.get(bytes, rest.length, in.remaining());
    rest = bytes;
    if (!upgraded) {
      upgrade();
      return List.of();
    }
    return texts();
  }

  private int receive(ByteBuffer in) {
    try {
      return channel.read(in);
    } catch (IOException reset) {
      return -1;
    }
  }

  private void upgrade() throws IOException {
    String head = new String(rest, StandardCharsets.ISO_8859_1);
    if (!head.endsWith("\r\n\r\n")) {
      return;
    }
    String key = head.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*).*", "$1");
    String answer =
        String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: " + accept(key),
            "",
            "");
    write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
    rest = new byte[0];
    upgraded = true;
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1", e);
    }
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (rest.length - at >= HEAD + MASK) {
      int length = rest[at + 1] & 0x7f;
      int payload = at + HEAD + MASK;
      if (length >= SHORT) {
        throw new IOException("Expected short messages only");
      }
      if (rest.length - payload < length) {
        break;
      }
      if ((rest[at] & 0xff) == Frames.CLOSE) {
        channel.close();
        return texts;
      }
      for (int i = 0; i < length; i++) {
        rest[payload + i] ^= rest[payload - MASK + i % MASK];
      }
      texts.add(new String(rest, payload, length, StandardCharsets.UTF_8));
      at = payload + length;
    }
    rest = Arrays.copyOfRange(rest, at, rest.length);
    return texts;
  }

  /** Writes all of a frame; of a connection that is gone, nothing. */
  void write(ByteBuffer frame) {
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    } catch (IOException gone) {
      // The next read finds out.
    }
  }
}
