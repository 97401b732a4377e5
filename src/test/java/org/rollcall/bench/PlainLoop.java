package org.rollcall.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The least that a JVM can do for a fan-out: one thread, one selector, one ready frame that is
 * written to everyone. No server: it trusts its clients, and blocks for one that does not read.
 */
final class PlainLoop {
  private static final int BACKLOG = 4096;
  private static final String HUB = "\"user:u0\"";

  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final Set<PlainPeer> watchers = new LinkedHashSet<>();
  private int ref;

  private PlainLoop(int port) throws IOException {
    selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Serves until the process is ended.
   *
   * @param arguments the port
   */
  public static void main(String[] arguments) throws IOException {
    PlainLoop loop = new PlainLoop(Integer.parseInt(arguments[0]));
    while (true) {
      loop.selector.select();
      for (SelectionKey key : loop.selector.selectedKeys()) {
        if (key.isAcceptable()) {
          loop.accept((ServerSocketChannel) key.channel());
        } else {
          loop.read((PlainPeer) key.attachment());
        }
      }
      loop.selector.selectedKeys().clear();
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, SelectionKey.OP_READ, new PlainPeer(channel));
  }

  private void read(PlainPeer peer) throws IOException {
    for (String push : peer.read(in)) {
      answer(peer, push);
    }
    if (!peer.isOpen() && !watchers.remove(peer) && peer.isHub()) {
      tell("{\"joins\":{},\"leaves\":{\"u0\":%s}}");
    }
  }

  private void answer(PlainPeer peer, String push) throws IOException {
    String[] parts = push.substring(1).split(",", 5);
    String topic = parts[2];
    String to = "[" + parts[0] + ",";
    peer.write(
        frame(to + parts[1] + "," + topic + ",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]"));
    if (parts[3].equals("\"phx_join\"")) {
      peer.write(frame(to + "null," + topic + ",\"presence_state\",{}]"));
      if (topic.equals(HUB)) {
        peer.becomeHub();
        ref++;
        tell("{\"joins\":{\"u0\":%s},\"leaves\":{}}");
      } else {
        watchers.add(peer);
      }
    }
  }

  private void tell(String payload) throws IOException {
    String meta = "{\"metas\":[{\"online_at\":1700000000,\"phx_ref\":\"F%015d\"}]}".formatted(ref);
    ByteBuffer frame =
        frame("[null,null,\"user_presence:u0\",\"presence_diff\"," + payload.formatted(meta) + "]");
    for (PlainPeer watcher : watchers) {
      watcher.write(frame.rewind());
    }
  }

  /** Returns a server's frame of a text, shorter than 64 KB, ready to be written. */
  private static ByteBuffer frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 4).put((byte) Frames.WHOLE_TEXT);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 126).putShort((short) payload.length);
    }
    return frame.put(payload).flip();
  }
}
