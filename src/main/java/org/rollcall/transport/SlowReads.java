package org.rollcall.transport;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Ends connections whose clients do not read their answers, on a server that keeps such answers in
 * its own memory (a slow read attack). Payara 6 does: by default Grizzly takes four times the
 * kernel's buffer of each connection, and a connection that it closes stays until the client has
 * read all.
 *
 * <p>A connection is ended at once if a request comes while an earlier answer has not left, which
 * only a client that does not wait for answers can bring about (RFC 9112, section 9.3.2), and after
 * {@link #PATIENCE} in which nothing has left.
 *
 * <p>{@link #admits} is called by the container's threads, {@link #check} by one thread at a time;
 * no call blocks. A connection is forgotten when it is over.
 */
final class SlowReads {
  /** How long an answer may wait: as long as Grizzly lets a thread wait that writes it. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Bytes that may wait on a connection before the thread that writes them waits too. A short
   * answer holds no thread, whether or not it is read.
   */
  static final int MOST_UNSENT = 65_536;

  private final ConcurrentMap<Connection, Wait> connections = new ConcurrentHashMap<>();

  /** A TCP connection; two are equal if they are the same one. */
  interface Connection {
    /** Returns how many bytes the server keeps that the kernel has not taken. */
    int unsent();

    /** Limits the bytes that wait to be written. */
    void limitUnsent(int bytes);

    /** Ends the TCP connection at once. */
    void abort();

    /**
     * Runs a task when the TCP connection is over, at once if it is over already.
     *
     * @return whether it will
     */
    boolean whenClosed(Runnable task);
  }

  /**
   * How many bytes waited at the last look, and since when none of them has left. Touched by one
   * thread.
   */
  private static final class Wait {
    private int unsent;
    private long since;

    boolean isTooLong(int now, long nanos) {
      if (now == 0 || unsent == 0 || now < unsent) {
        since = nanos;
      }
      unsent = now;
      return now > 0 && nanos - since >= PATIENCE.toNanos();
    }
  }

  /**
   * Watches the connection of a request. Returns whether the request may be answered; if not, its
   * connection was ended.
   */
  boolean admits(Connection connection) {
    if (connection.unsent() > 0) {
      connection.abort();
      return false;
    }
    if (connections.putIfAbsent(connection, new Wait()) == null) {
      connection.limitUnsent(MOST_UNSENT);
      if (!connection.whenClosed(() -> connections.remove(connection))) {
        connections.remove(connection);
      }
    }
    return true;
  }

  /** Ends connections on which nothing has left for too long. */
  void check(long nanos) {
    connections.forEach(
        (connection, wait) -> {
          if (wait.isTooLong(connection.unsent(), nanos)) {
            connection.abort();
          }
        });
  }

  /** Returns how many connections are watched. */
  int size() {
    return connections.size();
  }
}
