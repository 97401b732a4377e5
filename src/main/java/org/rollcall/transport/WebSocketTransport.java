package org.rollcall.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Transport;

/** A container's session as a transport. */
final class WebSocketTransport implements Transport {
  private static final Logger LOG = System.getLogger(WebSocketTransport.class.getName());

  private static final long CLOSING_MILLIS = 5000;

  /**
   * Both servers keep the order of a session's texts. The next one need not wait for the thread on
   * which WildFly completes the one before.
   */
  private static final int MOST_IN_FLIGHT = 8;

  /** The client exceeded a limit: the rest of its input is not read. */
  private static final Set<CloseCode> ENDING_ALL =
      EnumSet.of(CloseCode.FLOOD, CloseCode.TOO_BIG, CloseCode.BUSY, CloseCode.SLOW);

  private final Session session;
  private final ConnectionGuard guard;
  private final @Nullable Executor thread;

  WebSocketTransport(Session session, ConnectionGuard guard) {
    this.session = session;
    this.guard = guard;
    this.thread = UndertowThread.of(session);
  }

  @Override
  public @Nullable Executor thread() {
    return thread;
  }

  @Override
  public int mostInFlight() {
    return MOST_IN_FLIGHT;
  }

  @Override
  public void send(String text, Done done) {
    if (!handOver(text, done)) {
      done.sent(false);
    }
  }

  /** Hands a text to the container. Returns false if the connection takes none any more. */
  private boolean handOver(String text, Done done) {
    if (!guard.sends().begin()) {
      return false;
    }
    try {
      session.getAsyncRemote().sendText(text, result -> done.sent(result.isOK()));
      return true;
    } catch (RuntimeException | Error closed) {
      // Both servers throw when the session has been closed in between; Tyrus throws an Error for a
      // text that UTF-8 cannot carry.
      return false;
    } finally {
      guard.sends().done();
    }
  }

  @Override
  public void ping() {
    if (!guard.sends().begin()) {
      return;
    }
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException closed) {
      LOG.log(Level.TRACE, "A session was closed before its ping", closed);
    } finally {
      guard.sends().done();
    }
  }

  @Override
  public void close(CloseCode code) {
    if (ENDING_ALL.contains(code)) {
      guard.cut();
    }
    if (code == CloseCode.TOO_BIG) {
      guard.readOn();
    }
    guard.sends().stop();
    try {
      session.close(
          new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.phrase()));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "A session was closed already", e);
    }
    try {
      // Undertow 2.3 keeps the connection of a client that does not read until this runs out.
      session.setMaxIdleTimeout(CLOSING_MILLIS);
    } catch (RuntimeException closed) {
      LOG.log(Level.TRACE, "Tyrus takes no time-out once a session is closed", closed);
    }
  }

  @Override
  public void abort() {
    // Tyrus 2.1 and Grizzly keep the connection of a client that does not read, with all that waits
    // for it, until the client reads or goes; Undertow 2.3 that of one that goes on sending.
    guard.abort();
  }

  @Override
  public void whenOver(Runnable then) {
    guard.whenOver(then);
  }
}
