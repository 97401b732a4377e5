package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.config.ChannelSettings;
import org.rollcall.identity.User;
import org.rollcall.protocol.CloseCode;

/** The living sockets of this node. Safe for many threads; no call blocks. */
public final class Sockets {
  private final Set<Socket> living = ConcurrentHashMap.newKeySet();
  private final Node node;
  private final long idleNanos;
  private volatile boolean draining;

  /** Creates a node's sockets, of which there are none yet. */
  public Sockets(ChannelRouter router, Threads threads, ChannelSettings.Connection limits) {
    this.idleNanos = limits.idle().toNanos();
    this.node =
        new Node(
            router,
            this,
            threads,
            new Outbox.Limits(
                limits.outboxFrames(), limits.outboxTimeout().toNanos(), threads.nanos()));
  }

  /** Opens a socket for a client that has just connected. */
  public Socket open(Socket.Client client, Wire wire) {
    Socket socket = new Socket(client, wire, node);
    living.add(socket);
    if (draining) {
      socket.close(CloseCode.DRAINING);
    }
    return socket;
  }

  void remove(Socket socket) {
    living.remove(socket);
  }

  /** Closes the idle and the slow. Called every second. */
  public void check() {
    long now = node.threads().nanos().getAsLong();
    living.forEach(socket -> socket.check(now, idleNanos));
  }

  /** Closes all sockets of a user. Returns how many there were. */
  public int disconnect(String userId) {
    int closed = 0;
    for (Socket socket : living) {
      if (socket.user().map(User::id).equals(Optional.of(userId))) {
        socket.close(CloseCode.FORCED);
        closed++;
      }
    }
    return closed;
  }

  /** Closes all sockets, and every one that opens from now on. */
  public void drain() {
    draining = true;
    living.forEach(socket -> socket.close(CloseCode.DRAINING));
  }

  /** Returns how many sockets live. */
  public int size() {
    return living.size();
  }
}
