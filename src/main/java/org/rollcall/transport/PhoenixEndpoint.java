package org.rollcall.transport;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.rollcall.channel.Socket;
import org.rollcall.channel.Sockets;
import org.rollcall.protocol.CloseCode;

/**
 * The WebSocket end point of Phoenix Channels. One instance for each connection; called by
 * container threads, which it holds up once: the first connection that a stopping WildFly closes
 * waits until the other nodes know.
 */
@ServerEndpoint(value = "/socket/websocket", subprotocols = "phoenix")
public class PhoenixEndpoint {
  private static final Logger LOG = System.getLogger(PhoenixEndpoint.class.getName());

  /** The longest message: characters of a text, bytes of a binary message. */
  private static final int LONGEST = 65_536;

  private static final int BROKEN = CloseReason.CloseCodes.CLOSED_ABNORMALLY.getCode();
  private static final String UNDERTOW = "io.undertow.websockets.jsr.ServerWebSocketContainer";

  @Inject private Sockets sockets;
  private @Nullable Socket socket;
  private final StringBuilder parts = new StringBuilder(0);

  /** Opens the connection's socket. */
  @OnOpen
  public void open(Session session) {
    session.setMaxBinaryMessageBufferSize(LONGEST);
    // No idle time-out of the container's: it would count what is sent as life, and setting one
    // makes Payara search its class path. The node watches its sockets itself.
    if (session.getUserPrincipal() instanceof Handshake handshake) {
      socket = sockets.open(handshake.client(), new SessionWire(session));
    } else {
      throw new IllegalStateException("A connection came past the handshake filter");
    }
  }

  /**
   * Takes a part of a text message. In parts, because Undertow 2.3 limits the length of whole texts
   * by nothing.
   */
  @OnMessage
  public void text(String part, boolean last) {
    if (socket == null) {
      return;
    }
    if (parts.length() + part.length() > LONGEST) {
      socket.close(CloseCode.TOO_BIG);
    } else if (last && parts.isEmpty()) {
      socket.receive(part);
    } else {
      parts.append(part);
      if (last) {
        socket.receive(parts.toString());
        parts.setLength(0);
        parts.trimToSize();
      }
    }
  }

  /** Takes a binary message. */
  @OnMessage(maxMessageSize = LONGEST)
  public void binary(byte[] bytes) {
    if (socket != null) {
      socket.receive(bytes);
    }
  }

  /** Ends the connection's socket. */
  @OnClose
  public void close(CloseReason reason) {
    if (socket != null) {
      int code = reason.getCloseCode().getCode();
      if (code == CloseReason.CloseCodes.GOING_AWAY.getCode() && isByContainer()) {
        sockets.suspended();
        code = BROKEN;
      }
      socket.closed(code);
    }
  }

  /**
   * Tells whether the container closes the connection by itself. WildFly 39 does so with 1001, as
   * if the client had left the page, when it is told to stop and before it tells the WAR.
   */
  private static boolean isByContainer() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(UNDERTOW)));
  }

  /** Notes a failure of the connection; the container closes it after. */
  @OnError
  public void error(Throwable cause) {
    LOG.log(Level.DEBUG, "A connection failed", cause);
  }
}
