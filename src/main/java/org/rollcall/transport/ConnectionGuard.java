package org.rollcall.transport;

import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Socket;

/**
 * Watches and limits one connection beneath the container's WebSocket: the length of a frame before
 * it is buffered, its mask, frames that no end point gets (pings, pongs, empty parts), a close
 * frame without a code, and {@link WaitingPongs}.
 *
 * <p>Made with the handshake. {@link GuardedInput} feeds it on Payara, {@link UndertowConnection}
 * on WildFly: {@link #received} is called by one container thread at a time, everything else by
 * any. Nothing blocks, but a close waits for the {@link SendsUnderWay}.
 */
final class ConnectionGuard {
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;

  private final SendsUnderWay sends;
  private final WaitingPongs pongs = new WaitingPongs();
  private final int longestFrame;
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
    this(longestFrame, new SendsUnderWay());
  }

  /**
   * Creates the guard of a connection that is not open yet.
   *
   * @param longestFrame the most bytes of one frame
   * @param sends the sends of this connection
   */
  ConnectionGuard(int longestFrame, SendsUnderWay sends) {
    this.longestFrame = longestFrame;
    this.sends = sends;
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

  /** Returns the sends that are under way, none of which may follow a close frame. */
  SendsUnderWay sends() {
    return sends;
  }

  /** Releases the socket, which is closed; the TCP connection may last. */
  void closed() {
    sends.stop();
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
    if (kind == CLOSE) {
      // The container answers with a close frame.
      sends.stop();
    }
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
      if (kind == PING && !pongs.add()) {
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

  /** Returns the pongs that wait for the client to read them. */
  WaitingPongs pongs() {
    return pongs;
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
