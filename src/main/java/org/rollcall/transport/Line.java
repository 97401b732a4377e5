package org.rollcall.transport;

import org.jspecify.annotations.Nullable;
import org.rollcall.channel.Socket;
import org.rollcall.protocol.CloseCode;

/**
 * What Rollcall sees and bounds of one connection beneath the container's WebSocket, where the
 * container lets it (Payara; on WildFly nothing is seen here, and nothing has to be): the length of
 * a frame before it is buffered, pings and pongs, and pongs that wait for a client that does not
 * read them.
 *
 * <p>Made with the handshake. What comes in is told by one container thread at a time, what goes
 * out by any; nothing blocks.
 */
final class Line {
  private static final int PING = 0x9;

  /** How many pongs may wait, of 127 bytes at most each; a client that reads has one or two. */
  private static final int MOST_PONGS = 64;

  private final Object pongs = new Object();
  private final int longestFrame;
  private int owed;
  private @Nullable Runnable abort;
  private volatile @Nullable Socket socket;
  private volatile boolean cut;

  /**
   * Creates the line of a connection that is not open yet.
   *
   * @param longestFrame the most bytes of one frame
   */
  Line(int longestFrame) {
    this.longestFrame = longestFrame;
  }

  /** Takes the socket, once the connection is open. */
  void open(Socket opened) {
    socket = opened;
  }

  /** Takes what ends the TCP connection at once, whether or not the client reads. */
  synchronized void abortBy(Runnable how) {
    abort = how;
  }

  /** Ends the TCP connection, if that can be done and has not been. */
  void abort() {
    cut = true;
    Runnable how;
    synchronized (this) {
      how = abort;
      abort = null;
    }
    if (how != null) {
      how.run();
    }
  }

  /** Forgets the socket: it is closed, though the TCP connection may last. */
  void closed() {
    socket = null;
  }

  /** Forgets the connection: it has ended. */
  synchronized void ended() {
    abort = null;
    socket = null;
  }

  /** Has nothing more read of what the client sends. */
  void cut() {
    cut = true;
  }

  /** Tells whether nothing more is to be read. */
  boolean isCut() {
    return cut;
  }

  /** Takes notice of a frame that begins to come in. */
  void received(int kind, long length) {
    if (length > longestFrame) {
      cut(CloseCode.TOO_BIG);
    } else if (FrameMeter.isControl(kind)) {
      Socket receiver = socket;
      if (receiver != null) {
        receiver.intake().part();
      }
      if (kind == PING && isTooMuchOwed(1)) {
        cut(CloseCode.SLOW);
      }
    }
  }

  /** Takes notice of a pong that has gone out. */
  void answered() {
    isTooMuchOwed(-1);
  }

  private boolean isTooMuchOwed(int more) {
    synchronized (pongs) {
      owed = Math.max(0, owed + more);
      return owed > MOST_PONGS;
    }
  }

  private void cut(CloseCode code) {
    cut = true;
    Socket closing = socket;
    if (closing != null) {
      closing.close(code);
    } else {
      abort();
    }
  }
}
