package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passes on what comes to one port of the loopback address to another, and back. */
public final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /** Starts one. */
  public Relay(int from, int to) throws IOException {
    this.server = new ServerSocket(from, 50, InetAddress.getLoopbackAddress());
    this.to = to;
    start(this::accept);
  }

  /** Tells whether anybody has come. */
  public boolean isUsed() {
    return !open.isEmpty();
  }

  private void accept() throws IOException {
    while (true) {
      Socket one = server.accept();
      open.add(one);
      Socket other = new Socket(InetAddress.getLoopbackAddress(), to);
      open.add(other);
      start(() -> one.getInputStream().transferTo(other.getOutputStream()));
      start(() -> other.getInputStream().transferTo(one.getOutputStream()));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed, here or there.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
