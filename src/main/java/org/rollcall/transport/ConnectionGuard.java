package org.rollcall.transport;

import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Socket;

/**
 * The part of one connection that Rollcall sees and bounds beneath the container's WebSocket: the
 * length of a frame before it is buffered, whether it is masked, frames of which no end point is
 * told (pings, pongs, parts that bring nothing), a close frame without a code, and, on Payara,
 * pongs that wait for a client that does not read them. On WildFly those wait in the kernel's
 * buffers.
 *
 * <p>Made with the handshake. {@link GuardedInput} feeds it on Payara, {@link UndertowConnection}
 * on WildFly: {@link #received} is called by one container thread at a time, everything else by
 * any; nothing blocks.
 */
final class ConnectionGuard {
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;

  /** How many pongs may wait, of 127 bytes at most each; a client that reads has one or two. */
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

  /** Takes the socket, once the connection is open. */
  void open(Socket opened) {
    socket = opened;
  }

  /** Takes what ends the TCP connection at once, whether or not the client reads. */
  synchronized void abortBy(Runnable how) {
    abort = how;
  }

  /** Notes that {@link #ended} will be called when the TCP connection is over. */
  synchronized void endIsTold() {
    endTold = true;
  }

  /**
   * Puts the closing of a TCP connection off, if more may come than is read: a connection that is
   * closed then is reset, and the client may never see the close frame. It is closed when the
   * client answers that, or aborted seconds later.
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
   * Takes the action that runs when the TCP connection is over; runs it now if it is over already.
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
   * Takes notice that the container is done with the connection, which says nothing of TCP: Grizzly
   * keeps that of a client that does not read.
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
   * Has what comes after the connection is cut read all the same, and thrown away: the client is in
   * the middle of a long message, and cannot read why it is closed before it has sent that.
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
