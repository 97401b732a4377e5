package org.rollcall.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Tries whether a WebSocket can be opened. */
final class Handshake {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final String SUCCESS = "HTTP/1.1 101";

  private Handshake() {}

  /** Whether the server upgrades a connection, which is then closed. */
  static boolean succeeds(Target target) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(target.address(), TIMEOUT_MILLIS);
      socket.getOutputStream().write(target.handshake("").getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes(SUCCESS.length());
      return new String(line, StandardCharsets.US_ASCII).equals(SUCCESS);
    }
  }
}
