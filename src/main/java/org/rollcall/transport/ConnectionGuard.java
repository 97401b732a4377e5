package org.rollcall.transport;

import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Socket;

/**
 * Watches and limits one connection beneath the container's WebSocket: the length of a frame before
 * it is buffered, its mask, frames that no end point gets (pings, pongs, empty parts), a close
 * frame without a code, and, on Payara, pongs that wait for a client that does not read them. On
 * WildFly such pongs wait in the kernel's buffers.
 *
 * <p>Made with the handshake. {@link GuardedInput} feeds it on Payara, {@link UndertowConnection}
 * on WildFly: {@link #received} is called by one container thread at a time, everything else by
 * any; nothing blocks.
 */
final class ConnectionGuard {
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;

  /** How many pongs may wait, of at most 127 bytes each; a client that reads has one or two. */
  private static final int MOST_PONGS = 64;

  private final Object pongs = new Object();
  private final int longestFrame;
  private boolean answersSeen;
  private int owed;
  private @Nullable Runnable abort;
  private boolean endTold;
  private @Nullable Runnable close;
  private @Nullable Runnable over;
  private boolean ended;
  private volatile @Nullable Socket socket;
  private volatile boolean cut;
  private volatile boolean readOn;
  private volatile boolean closeWithoutCode;

  /**
   * Creates the guard of a connection that is not open yet.
   *
   * @param longestFrame the most bytes of one frame
   */
  ConnectionGuard(int longestFrame) {
    this.longestFrame = longestFrame;
  }

  /** Sets the socket, once the connection is open. */
  void open(Socket opened) {
    socket = opened;
  }

  /** Sets the action that ends the TCP connection at once, whether or not the client reads. */
  synchronized void abortBy(Runnable how) {
    abort = how;
  }

  /** Notes that {@link #ended} will be called when the TCP connection is over. */
  synchronized void endIsTold() {
    endTold = true;
  }

  /**
   * Puts the close of a TCP connection off, if the client may still send bytes that are not read. A
   * close would reset the connection then, and the client might never see the close frame. The
   * connection is closed when the client answers the close frame, or aborted seconds later.
   *
   * @return whether it is put off
   */
  synchronized boolean putOff(Runnable closing) {
    if (!readOn || abort == null) {
      return false;
    }
    close = closing;
    return true;
  }

  /** Ends the TCP connection, if this is possible and has not been done. */
  void abort() {
    cut = true;
    Runnable how;
    synchronized (this) {
      how = abort;
      abort = null;
      close = null;
    }
    if (how != null) {
      how.run();
    }
  }

  /** Releases the socket, which is closed; the TCP connection may last. */
  void closed() {
    socket = null;
  }

  /**
   * Sets the action that runs when the TCP connection is over; runs it now if it is over already.
   */
  void whenOver(Runnable then) {
    synchronized (this) {
      if (!ended) {
        over = then;
        return;
      }
    }
    then.run();
  }

  /**
   * Notes that the container has finished with the connection. The TCP connection may still be
   * open: Grizzly keeps it if the client does not read.
   */
  void released() {
    closed();
    boolean over;
    synchronized (this) {
      over = !endTold;
    }
    if (over) {
      ended();
    }
  }

  /** Releases the connection, which is over. */
  void ended() {
    Runnable then;
    synchronized (this) {
      ended = true;
      then = over;
      over = null;
      abort = null;
      close = null;
      socket = null;
    }
    if (then != null) {
      then.run();
    }
  }

  /** Stops reading from the client. */
  void cut() {
    cut = true;
  }

  /**
   * Goes on reading after the connection is cut, and throws the input away. The client is in the
   * middle of a long message, and cannot read the close frame before it has sent the whole message.
   */
  void readOn() {
    readOn = true;
  }

  /** Returns whether input is read after the connection is cut. */
  boolean readsOn() {
    return readOn;
  }

  /** Returns whether reading from the client has stopped. */
  boolean isCut() {
    return cut;
  }

  /** Counts a frame that begins to come in. */
  void received(int kind, long length, boolean masked) {
    if (cut) {
      if (kind == CLOSE) {
        closeNow();
      }
      return;
    }
    closeWithoutCode |= kind == CLOSE && length == 0;
    if (!masked) {
      // Both containers take it; RFC 6455, section 5.1, has the server close the connection.
      cut(CloseCode.UNMASKED);
    } else if (length > longestFrame) {
      cut(CloseCode.TOO_BIG);
    } else if (FrameMeter.isControl(kind) || length == 0) {
      Socket receiver = socket;
      if (receiver != null && !receiver.messageBudget().part()) {
        cut = true;
      }
      if (kind == PING && isTooMuchOwed(1)) {
        cut(CloseCode.SLOW);
      }
    }
  }

  private void closeNow() {
    Runnable closing;
    synchronized (this) {
      closing = close;
      close = null;
    }
    if (closing != null) {
      closing.run();
    }
  }

  /** Returns whether a close frame without a code has come. */
  boolean hasCloseWithoutCode() {
    return closeWithoutCode;
  }

  /** Counts waiting pongs from now on; each pong that leaves is reported. */
  void countAnswers() {
    synchronized (pongs) {
      answersSeen = true;
    }
  }

  /** Notes that a pong has left. */
  void answered() {
    isTooMuchOwed(-1);
  }

  private boolean isTooMuchOwed(int more) {
    synchronized (pongs) {
      owed = answersSeen ? Math.max(0, owed + more) : 0;
      return owed > MOST_PONGS;
    }
  }

  private void cut(CloseCode code) {
    cut = true;
    readOn |= code == CloseCode.TOO_BIG;
    Socket closing = socket;
    if (closing != null) {
      closing.close(code);
    } else {
      abort();
    }
  }
}
