package org.rollcall.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP server that sends some answers drop by drop, for ever: something every 50 ms, so that no
 * time-out for a single read ends it. All others are those of a server behind it, or an empty list.
 */
public final class DrippingServer implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  /** What begins an answer, and what is sent again and again after it. */
  private record Drip(String begin, String drop) {}

  /** The spellings of an answer without an end, by what they hold open. */
  private static final Map<String, Drip> DRIPS =
      Map.of(
          "status", new Drip("", "H"),
          "name", new Drip("HTTP/1.1 200 OK\r\n", "x"),
          "value", new Drip("HTTP/1.1 200 OK\r\nX: ", "x"),
          "headers", new Drip("HTTP/1.1 200 OK\r\n", "X: y\r\n"),
          "interim", new Drip("", "HTTP/1.1 100 Continue\r\n\r\n"),
          "hints", new Drip("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
          "size", new Drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0"),
          "extension", new Drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x"),
          "trailer", new Drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "x"),
          "body", new Drip("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", " "));

  /** More interim answers at once than the JDK's client takes. */
  private static final Drip BURST = new Drip("HTTP/1.1 102 Processing\r\n\r\n".repeat(9), "");

  private final ServerSocket server;
  private final int behind;
  private final SocketThreads threads = new SocketThreads();
  private final Map<Socket, String> open = new ConcurrentHashMap<>();

  /** Starts on a free port. */
  public DrippingServer() {
    this(0);
  }

  /**
   * Starts on a free port.
   *
   * @param behind the port of the server that gives all other answers
   */
  public DrippingServer(int behind) {
    this.behind = behind;
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SocketThreads.start(this::accept);
  }

  /** Returns the names of all ways to send an answer without an end. */
  public static Set<String> ways() {
    return DRIPS.keySet();
  }

  /** Returns its port. */
  public int port() {
    return server.getLocalPort();
  }

  /** Returns the address of a path; one with {@code drip-} and the name of a way drips that way. */
  public String address(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Returns what was asked for on each connection that the client has not closed. */
  public List<String> connections() {
    return List.copyOf(open.values());
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      open.put(socket, "nothing yet");
      SocketThreads.start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append("\r\n");
      }
      if (head.length() > 0) {
        open.put(socket, head.substring(0, head.indexOf("\r")));
        answer(head.toString(), socket.getOutputStream());
      }
    } finally {
      open.remove(socket);
    }
  }

  private void answer(String head, OutputStream out) throws IOException {
    for (Map.Entry<String, Drip> drip : DRIPS.entrySet()) {
      if (head.split(" ", 3)[1].matches(".*drip-" + drip.getKey() + "\\b.*")) {
        drip(drip.getValue(), out);
        return;
      }
    }
    if (head.contains("/burst")) {
      drip(BURST, out);
    } else if (behind == 0) {
      send(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]");
    } else {
      try (Socket relayed = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        send(relayed.getOutputStream(), head + "Connection: close\r\n\r\n");
        relayed.getInputStream().transferTo(out);
      }
    }
  }

  private void drip(Drip drip, OutputStream out) throws IOException {
    send(out, drip.begin());
    while (!threads.pause(PAUSE_MILLIS)) {
      send(out, drip.drop());
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    threads.end();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
