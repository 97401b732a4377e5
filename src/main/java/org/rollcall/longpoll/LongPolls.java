package org.rollcall.longpoll;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/**
 * The sessions of this node's clients that poll, by their tokens. A session ends with its socket.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class LongPolls {
  private final ConcurrentMap<String, PollSession> sessions = new ConcurrentHashMap<>();
  private final SocketRegistry sockets;
  private final NodeExecutors executors;

  /** Creates a node's sessions, of which there are none yet. */
  public LongPolls(SocketRegistry sockets, NodeExecutors executors) {
    this.sockets = sockets;
    this.executors = executors;
  }

  /** Opens a session for a client that has just connected; it may be closed by then. */
  PollSession open(Socket.Client client) {
    String token = SessionToken.create();
    PollTransport transport = new PollTransport(token, executors, () -> sessions.remove(token));
    PollSession session = new PollSession(token, transport, sockets.open(client, transport));
    sessions.put(token, session);
    if (!session.isOpen()) {
      sessions.remove(token);
    }
    return session;
  }

  /** Returns the open session with a token. */
  Optional<PollSession> find(String token) {
    @Nullable PollSession session = sessions.get(token);
    return Optional.ofNullable(session);
  }

  /** Returns the threads that answer. */
  NodeExecutors executors() {
    return executors;
  }

  /**
   * Ends polls and sessions that have waited for too long. Called every second by one thread at a
   * time.
   */
  public void check() {
    long now = executors.nanos().getAsLong();
    sessions.values().forEach(session -> session.check(now));
  }

  /** Returns how many sessions live. */
  public int size() {
    return sessions.size();
  }
}
