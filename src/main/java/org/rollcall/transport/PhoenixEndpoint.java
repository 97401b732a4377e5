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

/**
 * The WebSocket end point of Phoenix Channels. One instance for each connection; called by
 * container threads, which it never holds up.
 */
@ServerEndpoint(value = "/socket/websocket", subprotocols = "phoenix")
public class PhoenixEndpoint {
  private static final Logger LOG = System.getLogger(PhoenixEndpoint.class.getName());

  /** The longest message in bytes; Payara obeys the annotation, WildFly the session. */
  private static final int LONGEST = 65_536;

  @Inject private Sockets sockets;
  private @Nullable Socket socket;

  /** Opens the connection's socket. */
  @OnOpen
  public void open(Session session) {
    session.setMaxTextMessageBufferSize(LONGEST);
    session.setMaxBinaryMessageBufferSize(LONGEST);
    // Sockets are watched by the node itself: the containers' time-outs count what is sent as life.
    session.setMaxIdleTimeout(0);
    if (session.getUserPrincipal() instanceof Handshake handshake) {
      socket = sockets.open(handshake.client(), new SessionWire(session));
    } else {
      throw new IllegalStateException("A connection came past the handshake filter");
    }
  }

  /** Takes a text message. */
  @OnMessage(maxMessageSize = LONGEST)
  public void text(String text) {
    if (socket != null) {
      socket.receive(text);
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
      socket.closed();
    }
  }

  /** Notes a failure of the connection; the container closes it after. */
  @OnError
  public void error(Throwable cause) {
    LOG.log(Level.DEBUG, "A connection failed", cause);
  }
}
