package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passes on what comes to one port of the loopback address to another, and back, late if told. */
public final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final SocketThreads threads = new SocketThreads();
  private volatile long delayMillis;

  /** Starts one. */
  public Relay(int from, int to) throws IOException {
    this.server = new ServerSocket(from, 50, InetAddress.getLoopbackAddress());
    this.to = to;
    SocketThreads.start(this::accept);
  }

  /** Starts one on a free port. */
  public static Relay to(int port) {
    try {
      return new Relay(0, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Holds up all bytes that come from now on, each way. */
  public void delay(Duration delay) {
    delayMillis = delay.toMillis();
  }

  /** Returns whether anybody has come. */
  public boolean isUsed() {
    return !open.isEmpty();
  }

  private void accept() throws IOException {
    while (true) {
      Socket one = server.accept();
      open.add(one);
      connect(one);
    }
  }

  private void connect(Socket one) throws IOException {
    try {
      Socket other = new Socket(InetAddress.getLoopbackAddress(), to);
      open.add(other);
      SocketThreads.start(() -> pass(one, other));
      SocketThreads.start(() -> pass(other, one));
    } catch (ConnectException e) {
      // Nobody is there now; the next one may be luckier.
      one.close();
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    try {
      copy(from, to);
    } catch (IOException e) {
      // What broke on one side breaks on the other.
      from.close();
      to.close();
    }
  }

  private void copy(Socket from, Socket to) throws IOException {
    byte[] part = new byte[65_536];
    for (int n = from.getInputStream().read(part); n >= 0; n = from.getInputStream().read(part)) {
      if (delayMillis > 0 && threads.pause(delayMillis)) {
        return;
      }
      to.getOutputStream().write(part, 0, n);
    }
    to.shutdownOutput();
  }

  @Override
  public void close() {
    threads.end();
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
