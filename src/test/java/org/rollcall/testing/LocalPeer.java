package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.ClientClose;
import org.rollcall.socket.Socket;
import org.rollcall.socket.Transport;

/** A client in this process. It reads at once, unless it is told to stall. */
public final class LocalPeer implements Peer, Transport {
  private static final int SECONDS = 10;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<CloseCode> closed = new CompletableFuture<>();
  private @Nullable Socket socket;
  private @Nullable Done stalled;
  private boolean stalling;
  private Runnable over = () -> {};
  private final AtomicInteger pings = new AtomicInteger();
  private @Nullable CompletableFuture<String> missed;

  void opened(Socket opened) {
    socket = opened;
  }

  /** Returns the server's side of the connection. */
  public Socket socket() {
    return Objects.requireNonNull(socket);
  }

  @Override
  public void send(String text) {
    socket().receive(text);
  }

  @Override
  public void send(byte[] bytes) {
    socket().receive(bytes);
  }

  @Override
  public String next() {
    try {
      String text = received.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("a frame within " + SECONDS + " seconds").isNotNull();
      return text;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns what has come and was not taken, without waiting. */
  public List<String> takeAll() {
    List<String> frames = new ArrayList<>();
    received.drainTo(frames);
    return frames;
  }

  /** Returns whether the server has closed the connection. */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** Sends a heartbeat and returns all that comes before its answer. */
  public List<String> drain() {
    send("[null,\"drain\",\"phoenix\",\"heartbeat\",{}]");
    List<String> frames = new ArrayList<>();
    for (String frame = next(); !frame.startsWith("[null,\"drain\""); frame = next()) {
      frames.add(frame);
    }
    return frames;
  }

  /** Returns the code with which the server closed; fails the test if it does not in time. */
  public CloseCode closeCode() {
    return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Stops reading: the frame that is on its way next does not arrive. */
  public synchronized void stall() {
    stalling = true;
  }

  /** Reads again. */
  public void resume() {
    Done done;
    synchronized (this) {
      stalling = false;
      done = stalled;
      stalled = null;
    }
    if (done != null) {
      done.sent(true);
    }
  }

  /**
   * Closes and takes no more frames, though the container does not report it yet.
   *
   * @return the first frame that was not taken
   */
  public synchronized CompletableFuture<String> leave() {
    missed = new CompletableFuture<>();
    return missed;
  }

  @Override
  public void send(String text, Done done) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Error("A text that UTF-8 cannot carry kills the sender, as in Tyrus");
    }
    CompletableFuture<String> left;
    synchronized (this) {
      left = missed;
      if (left == null) {
        received.add(text);
        if (stalling) {
          stalled = done;
          return;
        }
      }
    }
    done.sent(left == null);
    if (left != null) {
      left.complete(text);
    }
  }

  /** Notes a ping, which the test may answer. */
  @Override
  public void ping() {
    pings.incrementAndGet();
  }

  /** Returns how many pings have come. */
  public int pings() {
    return pings.get();
  }

  /** Answers a ping, or sends a pong unasked. */
  public void pong() {
    boolean unused = socket().messageBudget().part();
  }

  /** Reports the close within the call, as Tyrus does. */
  @Override
  public void close(CloseCode code) {
    closed.complete(code);
    if (socket != null) {
      socket.closed(new ClientClose(code.code(), ""));
    }
    over.run();
  }

  @Override
  public void whenOver(Runnable then) {
    over = then;
  }

  /** Closes the connection, with this close code. */
  public void close(int code) {
    over.run();
    socket().closed(new ClientClose(code, ""));
  }

  @Override
  public void close() {
    close(1000);
  }
}
