package org.rollcall.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection of the generator: as much of RFC 6455 as servers use towards a well-behaved
 * client.
 *
 * <p>Called on the {@link EventLoop}'s thread only.
 */
final class WebSocketClient {
  /** What a connection tells; each call comes on the loop's thread. */
  interface Listener {
    void opened();

    /** Takes a text message, which lies in the array only during the call. */
    void text(byte[] bytes, int from);

    /** The connection has ended, and the client has not asked for it. */
    void lost(String reason);
  }

  private enum State {
    CONNECTING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final byte[] NOTHING = {};
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final int NORMAL = 1000;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Listener listener;
  private final byte[] handshake;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private State state = State.CONNECTING;
  private byte[] rest = NOTHING;

  /** Begins to connect. */
  WebSocketClient(EventLoop loop, Target target, String query, Listener listener)
      throws IOException {
    this.listener = listener;
    this.handshake = target.handshake(query).getBytes(StandardCharsets.US_ASCII);
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(new InetSocketAddress(target.nextSource(), 0));
    channel.connect(target.address());
    key = loop.register(channel, this);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  void send(String text) {
    write(Frames.text(text));
  }

  /** Says goodbye, and ends once the server has done so too. */
  void close() {
    if (state == State.OPEN) {
      write(Frames.close(NORMAL));
      if (state == State.OPEN) {
        state = State.CLOSING;
      }
    } else {
      cut();
    }
  }

  /** Ends the connection as a network does that fails: without a word. */
  void cut() {
    state = State.CLOSED;
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException gone) {
      // That is what was asked for.
    }
  }

  /** Ends the connection because of an error or an end, and tells it unless that was asked for. */
  void lost(String reason) {
    boolean unasked = state == State.CONNECTING || state == State.OPEN;
    cut();
    if (unasked) {
      listener.lost(reason);
    }
  }

  /** Does what the selector says can be done. */
  void ready(SelectionKey ready, ByteBuffer buffer) throws IOException {
    if (ready.isConnectable()) {
      channel.finishConnect();
      ready.interestOps(SelectionKey.OP_READ);
      write(ByteBuffer.wrap(handshake));
      return;
    }
    if (ready.isWritable()) {
      flush();
    }
    if (ready.isValid() && ready.isReadable()) {
      read(buffer);
    }
  }

  private void write(ByteBuffer frame) {
    if (state == State.CLOSED) {
      return;
    }
    unsent.add(frame);
    try {
      flush();
    } catch (IOException e) {
      lost("cannot write: " + e.getMessage());
    }
  }

  private void flush() throws IOException {
    for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
      channel.write(next);
      if (next.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      unsent.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear().put(rest);
    if (channel.read(buffer) < 0) {
      lost("the server has ended the connection");
      return;
    }
    buffer.flip();
    if (state == State.CONNECTING) {
      upgrade(buffer);
    }
    while (state == State.OPEN && frame(buffer)) {
      // The frame is done.
    }
    if (state == State.CLOSING) {
      // What still comes was sent before the server knew.
      buffer.position(buffer.limit());
    }
    rest = buffer.hasRemaining() ? new byte[buffer.remaining()] : NOTHING;
    buffer.get(rest);
  }

  private void upgrade(ByteBuffer buffer) {
    String answer = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    int end = answer.indexOf(END_OF_HEAD);
    if (end < 0) {
      return;
    }
    if (!answer.startsWith("HTTP/1.1 101")) {
      lost("the handshake was answered with " + answer.lines().findFirst().orElse(""));
      return;
    }
    buffer.position(end + END_OF_HEAD.length());
    state = State.OPEN;
    listener.opened();
  }

  /** Carries out the next frame, and returns whether all of it was there. */
  private boolean frame(ByteBuffer buffer) {
    int begin = buffer.position();
    int length = Frames.length(buffer);
    if (length < 0 || buffer.remaining() < length) {
      buffer.position(begin);
      return false;
    }
    int payload = buffer.position();
    buffer.position(payload + length);
    switch (buffer.get(begin) & 0xff) {
      case Frames.WHOLE_TEXT -> listener.text(buffer.array(), buffer.arrayOffset() + payload);
      case Frames.PING -> write(Frames.pong(buffer, payload, length));
      case Frames.PONG -> {}
      case Frames.CLOSE -> lost("the server has closed: " + Frames.reason(buffer, payload, length));
      default -> lost("expected whole texts, but got another frame");
    }
    return true;
  }
}
