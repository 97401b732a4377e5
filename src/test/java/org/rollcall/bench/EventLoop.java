package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The generator's only thread: reads and writes all connections while a scenario waits.
 *
 * <p>Nothing here is safe for a second thread.
 */
final class EventLoop implements AutoCloseable {
  /** The longest frame that is read, with what came before it. */
  private static final int LONGEST = 1 << 22;

  private static final long PAUSE_MILLIS = 1;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
  private final List<Runnable> duties = new ArrayList<>();

  EventLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches a channel for a client; the selection key's interest is the client's to change. */
  SelectionKey register(SocketChannel channel, WebSocketClient client) throws IOException {
    return channel.register(selector, SelectionKey.OP_CONNECT, client);
  }

  /** Adds a duty that is done in each turn, a thousand times a second or more. */
  void eachTurn(Runnable duty) {
    duties.add(duty);
  }

  void remove(Runnable duty) {
    duties.remove(duty);
  }

  /** Turns until a condition holds, and returns whether it did in time. */
  boolean turnUntil(Duration limit, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        return false;
      }
      turn();
    }
    return true;
  }

  /** Turns for a time. */
  void turnFor(Duration time) {
    turnUntil(time, () -> false);
  }

  private void turn() {
    try {
      selector.select(this::ready, PAUSE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A duty may end itself.
    List.copyOf(duties).forEach(Runnable::run);
  }

  private void ready(SelectionKey key) {
    WebSocketClient client = (WebSocketClient) key.attachment();
    try {
      if (key.isValid()) {
        client.ready(key, buffer);
      }
    } catch (CancelledKeyException | IOException e) {
      client.lost(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
